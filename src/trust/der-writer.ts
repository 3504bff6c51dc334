import forge from 'node-forge'

const { asn1 } = forge

/** An element to be written. */
export type Asn1 = forge.asn1.Asn1

const UNIVERSAL = asn1.Class.UNIVERSAL
const CONTEXT = asn1.Class.CONTEXT_SPECIFIC

/** A SEQUENCE of the elements in their order. */
export const sequence = (...children: Asn1[]): Asn1 =>
  asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, children)

/** Elements under an explicit context tag. */
export const explicit = (tag: number, ...children: Asn1[]): Asn1 => asn1.create(CONTEXT, tag, true, children)

/** An OCTET STRING. */
export const octets = (bytes: Buffer): Asn1 =>
  asn1.create(UNIVERSAL, asn1.Type.OCTETSTRING, false, bytes.toString('latin1'))

/** A BIT STRING of whole bytes. */
export const bits = (bytes: Buffer): Asn1 =>
  asn1.create(UNIVERSAL, asn1.Type.BITSTRING, false, `\0${bytes.toString('latin1')}`)

/** NULL. */
export const nothing = (): Asn1 => asn1.create(UNIVERSAL, asn1.Type.NULL, false, '')

/** A BOOLEAN. */
export const boolean = (value: boolean): Asn1 =>
  asn1.create(UNIVERSAL, asn1.Type.BOOLEAN, false, value ? '\xff' : '\0')

/** An OBJECT IDENTIFIER from its dotted form. */
export const oid = (dotted: string): Asn1 =>
  asn1.create(UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes())

/** An INTEGER from the hex of its content: two's complement, shortest form. */
export const integerHex = (hex: string, type: number = asn1.Type.INTEGER): Asn1 =>
  asn1.create(UNIVERSAL, type, false, Buffer.from(hex, 'hex').toString('latin1'))

/** An INTEGER or ENUMERATED, zero or more. */
export function integer(value: number, type: number = asn1.Type.INTEGER): Asn1 {
  const digits = value.toString(16)
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`
  return integerHex(Number.parseInt(hex.slice(0, 2), 16) < 0x80 ? hex : `00${hex}`, type)
}

/** An ENUMERATED, zero or more. */
export const enumerated = (value: number): Asn1 => integer(value, asn1.Type.ENUMERATED)

/** Named bits of a BIT STRING within the first byte, as keyUsage has them. */
export function namedBits(numbers: readonly number[]): Asn1 {
  const value = numbers.reduce((sum, bit) => sum | (0x80 >> bit), 0)
  return asn1.create(
    UNIVERSAL,
    asn1.Type.BITSTRING,
    false,
    String.fromCharCode(7 - Math.max(...numbers), value),
  )
}

/** A string of a name: PrintableString or UTF8String. */
export const text = (value: string, isPrintable: boolean): Asn1 =>
  asn1.create(
    UNIVERSAL,
    isPrintable ? asn1.Type.PRINTABLESTRING : asn1.Type.UTF8,
    false,
    Buffer.from(value, 'utf8').toString('latin1'),
  )

/** An OCTET STRING under an implicit context tag. */
export const implicitOctets = (tag: number, bytes: Buffer): Asn1 =>
  asn1.create(CONTEXT, tag, false, bytes.toString('latin1'))

/** A SET OF in the ascending order of DER. */
export const setOf = (children: readonly Asn1[]): Asn1 =>
  asn1.create(
    UNIVERSAL,
    asn1.Type.SET,
    true,
    children
      .map((child) => ({ child, der: write(child) }))
      .sort((a, b) => Buffer.compare(a.der, b.der))
      .map((each) => each.child),
  )

/** UTCTime to 2049 and GeneralizedTime after, as RFC 5280 and RFC 5652 demand. Fractions of a second are dropped. */
export function time(at: Date): Asn1 {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  const isShort = at.getUTCFullYear() < 2050
  const type = isShort ? asn1.Type.UTCTIME : asn1.Type.GENERALIZEDTIME
  return asn1.create(UNIVERSAL, type, false, isShort ? digits.slice(2) : digits)
}

/** An element that is DER already, put in as it is. */
export function raw(der: Buffer): Asn1 {
  const tag = der[0]!
  const size = der[1]! < 0x80 ? 2 : 2 + (der[1]! & 0x7f)
  // Bit 0x20 rides along in the type, so that forge writes the content without looking into it.
  return asn1.create(tag & 0xc0, tag & 0x3f, false, der.toString('latin1', size))
}

/** The same content under an implicit context tag, constructed. */
export const implicit = (tag: number, element: Asn1): Asn1 => asn1.create(CONTEXT, tag, true, element.value)

/** The DER of an element. */
export function write(element: Asn1): Buffer {
  return Buffer.from(asn1.toDer(element).getBytes(), 'latin1')
}
