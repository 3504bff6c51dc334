import type { Person } from '../domain/registers.ts'
import type { CredentialReader } from '../usecases/national/credential-reader.ts'
import type { SandboxState } from './seed-sandbox.ts'

/** The 医保电子凭证 token and the card number that a person of the sandbox shows. */
export function sandboxCredentials(personId: string) {
  return { ecToken: `ECT-${personId}`, cardNo: `CARD-${personId}` }
}

/** A simulation of the region's service that reads 医保电子凭证 and cards: it knows the persons of the sandbox. */
export function simulatedCredentialReader(state: SandboxState): CredentialReader {
  return {
    async idNumberOf(regionCode, { kind, number }) {
      const entries = state.regions.get(regionCode)?.world.entries ?? []
      const persons = entries
        .filter(({ register }) => register === 'person')
        .map(({ data }) => data as Person)
      const found = persons.find(({ personId }) => {
        const { ecToken, cardNo } = sandboxCredentials(personId)
        return number === (kind === 'e-certificate' ? ecToken : cardNo)
      })
      return found?.idNumber
    },
  }
}
