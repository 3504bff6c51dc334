const LENGTH = 25

/** An id of the hub in 25 characters of base 36: the interface has room for 30, a UUID needs 36. */
export function shortId(uuid: string): string {
  return BigInt(`0x${uuid.replaceAll('-', '')}`)
    .toString(36)
    .toUpperCase()
    .padStart(LENGTH, '0')
}

/** The opposite of `shortId`; undefined for anything else. */
export function uuidOf(short: string): string | undefined {
  const text = short.toUpperCase()
  if (!/^[0-9A-Z]{25}$/.test(text)) return undefined
  let value = 0n
  for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36))
  const hex = value.toString(16).padStart(32, '0')
  if (hex.length > 32) return undefined
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
