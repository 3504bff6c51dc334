/** Settings whose addresses carry telephones, links or money in clear unless they are https. */
const ENCRYPTED = ['PUBLIC_URL', 'NOTIFIER_URL', 'PAYER_URL'] as const
/** Of 32 random bytes some 30 differ; fewer than this many would happen once in 10^14 keys. */
const LEAST_DISTINCT = 20

/**
 * What a production refuses although each value is of the right form: keys that anybody could guess or that serve two
 * ends, and addresses in clear.
 *
 * @param wellKnown keys by the name of their variable, which nobody may use
 * @returns faults that name the variable and what is expected, never its value
 */
export function productionFaults(
  environment: Readonly<Record<string, string | undefined>>,
  wellKnown: Readonly<Record<string, Buffer>>,
): string[] {
  const faults = ENCRYPTED.filter((name) => environment[name]?.startsWith('http:')).map(
    (name) => `${name} is http: expected https in production`,
  )
  const published = Object.values(wellKnown).map((key) => key.toString('base64'))
  const names = Object.keys(wellKnown)
  for (const name of names) {
    const text = environment[name]
    if (!text) continue
    if (published.includes(text))
      faults.push(`${name} is a key of the sandbox: expected 32 random bytes in base64`)
    else if (isGuessable(Buffer.from(text, 'base64')))
      faults.push(`${name} is not random: expected the output of \`openssl rand -base64 32\``)
  }
  const given = names.map((name) => environment[name]).filter(Boolean)
  if (new Set(given).size < given.length)
    faults.push(`${names.join(' and ')} are the same: expected a random key for each`)
  return faults
}

/** True for bytes that repeat themselves, count up or down, or are text: never so in a random key of 32 bytes. */
function isGuessable(key: Buffer): boolean {
  const steps = [...key].map((byte, at) => (byte - key[(at + 1) % key.length]! + 256) % 256)
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f)
  return isText || new Set(key).size < LEAST_DISTINCT || new Set(steps).size < LEAST_DISTINCT
}
