/** A key's name as it is printed on the key. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="inline-flex shrink-0 whitespace-nowrap min-w-6 items-center justify-center rounded-sm border border-line bg-sunken px-1 font-sans text-12 text-soft">
      {children}
    </kbd>
  )
}
