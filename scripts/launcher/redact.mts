const VARIABLES = [
  'DATABASE_URL',
  'APP_DATABASE_URL',
  'PLATFORM_DATABASE_URL',
  'WORKER_DATABASE_URL',
  'SMTP_URL',
  'SHADOW_DATABASE_URL',
] as const

/**
 * Takes passwords out of a text for people: those in addresses of any kind, and those of this environment. The word
 * "password" stays: it stands in the address that a sentence gives as an example.
 */
export function redact(text: string): string {
  let clean = text.replace(/(postgres(?:ql)?:\/\/[^\s:/@]*:)(?!password@)[^\s]*@/gi, '$1***@')
  for (const variable of VARIABLES) {
    for (const secret of secretsOf(process.env[variable])) clean = clean.replaceAll(secret, '***')
  }
  return clean
}

function secretsOf(url: string | undefined): string[] {
  if (url === undefined || !URL.canParse(url)) return []
  const { password } = new URL(url)
  // A password as short as "app" also stands in words; there is nothing to gain from cutting those.
  if (password.length < 6) return []
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    return [password]
  }
}
