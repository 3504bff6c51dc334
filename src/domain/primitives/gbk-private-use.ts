/** Where GBK systems put the characters that Unicode did not have yet: 0xFE50 onwards, as U+E815 onwards. */
const FIRST = 0xe815

/** What the decoder still gives as private use: these got their code points with Unicode 3.1 and 4.1. */
const LATER: Readonly<Record<number, string>> = {
  59414: '\u{20087}',
  59415: '\u{20089}',
  59416: '\u{200cc}',
  59422: '\u9fb4',
  59430: '\u9fb5',
  59435: '\u9fb6',
  59436: '\u9fb7',
  59441: '\u{215d7}',
  59442: '\u9fb8',
  59451: '\u{2298f}',
  59459: '\u9fb9',
  59476: '\u9fba',
  59477: '\u{241fe}',
  59492: '\u9fbb',
}

const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 0x50 }, (_, place) => {
    const code = FIRST + place
    // The second bytes are 0x50 to 0x7E and 0x80 to 0xA0.
    const second = 0x50 + place + (place > 0x2e ? 1 : 0)
    const decoded = new TextDecoder('gb18030').decode(Uint8Array.of(0xfe, second))
    return [String.fromCodePoint(code), LATER[code] ?? decoded] as const
  }),
)

/**
 * Replaces the private-use code points of old GBK systems (U+E815 to U+E864) by the characters that they stand for:
 * 䶮 is U+E863 in such a system and U+4DAE everywhere else. Other text stays as it is.
 *
 * @see GB 18030-2022, appendix D
 */
export function withoutGbkPrivateUse(text: string): string {
  return text.replace(/[\uE815-\uE864]/g, (character) => CHARACTERS.get(character)!)
}
