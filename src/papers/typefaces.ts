import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Font, openSync } from 'fontkit'
import { withoutGbkPrivateUse } from '../domain/primitives/gbk-private-use.ts'
import { PACKAGE_ROOT } from '../package-root.ts'

const asset = (name: string) => fileURLToPath(new URL(`assets/fonts/${name}`, PACKAGE_ROOT))

/**
 * Where glyphs are looked for, in this order: what is common; the rest of Noto Sans CJK SC, with all of GB 18030-2022,
 * implementation level 2; letters of Europe; and what an operator has installed besides (Debian `fonts-hanazono`).
 */
const FILES = [
  asset('noto-sans-cjk-sc-gb2312.otf'),
  asset('noto-sans-cjk-sc-rest.otf'),
  asset('dejavu-sans-letters.ttf'),
  '/usr/share/fonts/truetype/hanazono/HanaMinA.ttf',
  '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf',
].filter((file, place) => place < 3 || existsSync(file))

/** One font file, opened when the first character asks for it and shared by all papers of the process. */
export interface Face {
  /** Name under which a paper registers it. */
  readonly id: string
  readonly font: Font
}

const opened: Face[] = []

function face(place: number): Face {
  opened[place] ??= { id: `face-${place}`, font: openSync(FILES[place]!) as Font }
  return opened[place]
}

/** The face of all that a paper says by itself. */
export function mainFace(): Face {
  return face(0)
}

const found = new Map<number, Face | undefined>()

/** The first face that has the character; undefined when none has. */
export function faceOf(character: string): Face | undefined {
  const code = character.codePointAt(0)!
  if (!found.has(code)) {
    const place = FILES.findIndex((_, at) => face(at).font.hasGlyphForCodePoint(code))
    found.set(code, place < 0 ? undefined : face(place))
  }
  return found.get(code)
}

/** Text in one face. */
export interface Run {
  readonly face: Face
  readonly text: string
}

/**
 * A text as it is printed: in as few runs as faces allow. Characters that nobody sees are left out, those of old GBK
 * systems printed as what they stand for. What no face has is named by its code point, 〔U+2B300〕, so that nothing
 * vanishes from a paper unseen, and told to `missing` as `U+2B300`.
 */
export function runsOf(text: string, missing: (code: string) => void): readonly Run[] {
  const runs: { face: Face; text: string }[] = []
  const add = (of: Face, part: string) => {
    const last = runs.at(-1)
    if (last?.face === of) last.text += part
    else runs.push({ face: of, text: part })
  }
  for (const character of printable(text)) {
    const has = character === '\n' ? mainFace() : faceOf(character)
    if (has !== undefined) {
      add(has, character)
      continue
    }
    const code = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`
    missing(code)
    add(mainFace(), `〔${code}〕`)
  }
  return runs.length === 0 ? [{ face: mainFace(), text: '' }] : runs
}

function printable(text: string): string {
  return withoutGbkPrivateUse(text.normalize('NFC'))
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/[^\S\n\u3000]/g, ' ')
    .replace(/[^\P{Cc}\n]/gu, '')
}
