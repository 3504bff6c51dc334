/** Media types that papers may have, with the bytes they begin with. */
const BEGINNINGS = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const
export type PaperType = keyof typeof BEGINNINGS

export const PAPER_TYPES = Object.keys(BEGINNINGS) as readonly PaperType[]

/** True when the bytes begin as a file of the declared type does. */
export function isPaperType(type: string, bytes: Uint8Array): type is PaperType {
  if (!Object.hasOwn(BEGINNINGS, type)) return false
  return BEGINNINGS[type as PaperType].every((byte, index) => bytes[index] === byte)
}
