/** Which one a link or button is about, where many of the same name stand below each other. For screen readers. */
export function About({ children }: { children: string | undefined }) {
  return children === undefined ? null : <span className="sr-only"> {children}</span>
}
