import type { Bilingual } from '../domain/finding.ts'
import type { StoredVerdict } from './verify-signed.ts'

/** How a prescription of the national interface is signed: whoever reads it is to know that no physician did. */
export const SIGNED_BY_CENTRE: Bilingual = {
  zh: '本处方由医保电子处方中心代医院签名；开方医师以备案为准，医师本人未电子签名。',
  en: 'Signed for the hospital by the centre; the physician is known by filing only and has not signed.',
}

/**
 * The sentence about a prescription that the centre signed; undefined for one that its physician signed, or on paper.
 *
 * @param verdict JSON of the stored verdict
 * @see MZ-4.3a
 */
export function signedByCentre(verdict: string): Bilingual | undefined {
  const { origin } = JSON.parse(verdict) as Pick<StoredVerdict, 'origin'>
  return origin === 'national' ? SIGNED_BY_CENTRE : undefined
}
