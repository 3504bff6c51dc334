import { dayOf, type Place } from '../place.ts'

/** Amounts of a person's year from elsewhere: stated, corrected, uploaded, read. */
export async function yearFromElsewhere(place: Place): Promise<void> {
  const { world, agency, pharmacy, cast } = place
  const { personId } = cast.lowIncome
  const on = dayOf(await world.now())
  const reference = `OUT-${place.number()}`
  const amounts = {
    deductibleFen: 0,
    fundFen: 12_345,
    largeAmountFen: 0,
    ownFen: 0,
    seriousIllnessFen: 0,
    assistanceFen: 0,
    expenseFen: 20_000,
  }
  const body = { source: 'other-region', reference, personId, on, amounts, reason: '异地结算' }
  await world.ok(agency, 'stateYearAmounts', { body })
  const { body: corrected } = await world.ok(agency, 'stateYearAmounts', {
    body: { ...body, amounts: { ...amounts, fundFen: 2_345 } },
  })
  if (corrected.revision !== 2) throw new Error(`a correction is revision ${corrected.revision}`)
  await world.refused(agency, 'stateYearAmounts', { body: { ...body, reason: '' } }, 'malformed')
  const another = { ...body, personId: cast.assisted.personId }
  await world.refused(agency, 'stateYearAmounts', { body: another }, 'year-amounts-of-another')
  const line = (fund: string) =>
    Buffer.from(
      `source,reference,person_id,on,fund\r\nopening-balance,${reference},${personId},${on},${fund}\r\n`,
    )
  const query = { reason: 'opening' }
  const file = { raw: line('10.00'), type: 'text/csv', query }
  await world.ok(agency, 'uploadYearAmounts', { ...file, query: { ...query, dryRun: 'true' } })
  await world.ok(agency, 'uploadYearAmounts', file)
  await world.refused(agency, 'uploadYearAmounts', { ...file, raw: line('ten') }, 'upload-faulty')
  const path = { personId, year: on.slice(0, 4) }
  const { body: year } = await world.ok(agency, 'readPersonYear', { path })
  const known = year.statements.filter((each: { reference: string }) => each.reference === reference)
  if (known.length !== 3) throw new Error(`${known.length} revisions of two statements`)
  await world.refused(agency, 'readPersonYear', { path: { ...path, personId: 'X999999' } }, 'not-yours')
  await world.refused(pharmacy, 'readPersonYear', { path }, 'scope-missing')
}
