/** What a person shows beside the identity card. */
export interface ShownCredential {
  readonly kind: 'e-certificate' | 'insurance-card'
  readonly number: string
  /** 卡识别码, of a card. */
  readonly cardSn?: string
}

/**
 * Reads 医保电子凭证 and 社会保障卡: the region's credential service, which the hub asks. A sandbox simulates one. An
 * identity card needs none: its number stands in the register.
 */
export interface CredentialReader {
  /** @returns the identity number of the holder; undefined when there is none, or the code has run out */
  idNumberOf(regionCode: string, shown: ShownCredential): Promise<string | undefined>
}
