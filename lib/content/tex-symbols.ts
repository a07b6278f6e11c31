const GREEK =
  'alpha:α beta:β gamma:γ delta:δ epsilon:ϵ varepsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ nu:ν xi:ξ ' +
  'pi:π rho:ρ sigma:σ tau:τ upsilon:υ phi:ϕ varphi:φ chi:χ psi:ψ omega:ω Gamma:Γ Delta:Δ Theta:Θ Lambda:Λ Xi:Ξ Pi:Π ' +
  'Sigma:Σ Phi:Φ Psi:Ψ Omega:Ω infty:∞ partial:∂ nabla:∇ ell:ℓ hbar:ℏ emptyset:∅ ldots:… dots:… cdots:⋯ prime:′ degree:°'

const OPERATORS =
  'cdot:⋅ times:× div:÷ pm:± mp:∓ le:≤ leq:≤ ge:≥ geq:≥ ne:≠ neq:≠ approx:≈ equiv:≡ sim:∼ propto:∝ to:→ ' +
  'rightarrow:→ leftarrow:← Rightarrow:⇒ implies:⟹ iff:⟺ Leftrightarrow:⇔ mapsto:↦ in:∈ notin:∉ subset:⊂ subseteq:⊆ ' +
  'cup:∪ cap:∩ setminus:∖ forall:∀ exists:∃ neg:¬ land:∧ lor:∨ wedge:∧ vee:∨ mid:∣ parallel:∥ perp:⊥ circ:∘ ' +
  'langle:⟨ rangle:⟩ lfloor:⌊ rfloor:⌋ lceil:⌈ rceil:⌉ sum:∑ prod:∏ int:∫ oint:∮ ll:≪ gg:≫ star:⋆ ' +
  '{:{ }:} %:% $:$ #:# &:& _:_ |:∥'

const table = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(' ').map((pair) => {
      const at = pair.indexOf(':', 1)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )

export const LETTERS = table(GREEK)
export const SIGNS = table(OPERATORS)

/** Names set upright, with their arguments after them. */
export const FUNCTIONS = new Set(
  'sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log ln lg det dim gcd max min lim sup inf mod arg'.split(
    ' ',
  ),
)

/** Signs whose limits stand above and below when the formula has a line of its own. */
export const WITH_LIMITS = new Set(['∑', '∏', 'lim', 'max', 'min', 'sup', 'inf'])

/** Widths in em. */
export const SPACES: ReadonlyMap<string, string> = new Map([
  [',', '0.17em'],
  [':', '0.22em'],
  [';', '0.28em'],
  [' ', '0.33em'],
  ['quad', '1em'],
  ['qquad', '2em'],
])

export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', '^'],
  ['vec', '→'],
  ['dot', '˙'],
  ['tilde', '~'],
])

export const FRACTIONS = new Set(['frac', 'dfrac', 'tfrac'])
export const BARS = new Set(['bar', 'overline'])

/** Take words as they were typed, and set them upright. */
export const UPRIGHT = new Set(['text', 'mathrm', 'operatorname', 'textbf', 'mathbf'])

/** Stand before a bracket. MathML's brackets grow by themselves. */
export const DELIMITED = new Set(['left', 'right', 'big', 'Big'])
