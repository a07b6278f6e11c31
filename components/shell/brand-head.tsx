import { accentCss } from '#lib/brand/accent'

/**
 * The school's colour, as the one inline style sheet of a page. The `<meta>` (which React moves to the head) hands
 * the nonce to the dialog library, whose own small style sheet the policy would otherwise refuse.
 */
export function BrandHead({ accentColor, nonce }: { accentColor: string; nonce: string }) {
  return (
    <>
      <meta property="csp-nonce" nonce={nonce} />
      <style nonce={nonce} dangerouslySetInnerHTML={{ __html: accentCss(accentColor) }} />
    </>
  )
}
