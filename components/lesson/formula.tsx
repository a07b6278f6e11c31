import { createElement } from 'react'
import { texToMathml } from './tex'

/**
 * A formula as MathML, which browsers typeset and screen readers speak without a script. What the small
 * translator doesn't know stays as the author's TeX, in full: a reader can still read that.
 */
export function Formula({ tex, display }: { tex: string; display: boolean }) {
  const math = texToMathml(tex)
  if (math === null) return <code className="font-mono text-[0.9em]">{tex}</code>
  // React renders MathML, though its types don't list the elements.
  return createElement('math', { display: display ? 'block' : 'inline', className: 'text-[1.05em]' }, math)
}
