import { v7 as uuid } from 'uuid'
import type { CodeOf } from '../../domain/codes.ts'
import { type CivilDay, dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { addRefusal, listRefusals, type OutsideRefusal } from '../../storage/outside-refusal.ts'
import type { Caller, Deps } from '../deps.ts'
import { type Answer, type WriteRequest, write } from '../write.ts'

/** What the hospital tells. */
export interface RefusalReport {
  readonly physicianId: string
  readonly drugCode: string
  readonly reasonCode: CodeOf<'outside-refusal-reasons'>
  readonly refusedOn: CivilDay
}

export interface RefusalView extends Omit<OutsideRefusal, 'recordedAt'> {
  readonly recordedAt: string
}

/**
 * Records that a physician refused a patient's request for an outside prescription (外配处方).
 *
 * @throws Problem malformed for a physician or drug that is not in the registers on that day, or a day to come
 * @see MZ-9.3
 */
export async function reportRefusal(
  deps: Deps,
  hospital: Caller & { readonly institutionId: string },
  request: WriteRequest,
  report: RefusalReport,
): Promise<Answer<RefusalView>> {
  return await write<RefusalView>(deps, request, async (tx, now) => {
    const registers = await deps.registers.latest(tx, hospital.regionCode)
    const { physicianId, drugCode, refusedOn } = report
    const faults = [
      registers.find('practitioner', physicianId, refusedOn)?.kind === 'physician' ? [] : ['physicianId'],
      registers.find('drug', drugCode, refusedOn) === undefined ? ['drugCode'] : [],
    ].flat()
    if (faults.length > 0 || refusedOn > dayOf(now)) {
      throw new Problem('malformed', {
        fields: [
          ...faults.map((name) => ({
            path: `/body/${name}`,
            keyword: 'registered',
            message: { zh: '当日名录中没有此编码。', en: 'Not in the registers on that day.' },
          })),
          ...(refusedOn > dayOf(now)
            ? [
                {
                  path: '/body/refusedOn',
                  keyword: 'maximum',
                  message: { zh: '日期不得晚于今天。', en: 'The day must not be later than today.' },
                },
              ]
            : []),
        ],
      })
    }
    const refusal = { refusalId: uuid(), hospitalId: hospital.institutionId, ...report, recordedAt: now }
    await addRefusal(tx, hospital.regionCode, refusal, hospital.id)
    return { status: 201, body: viewOf(refusal) }
  })
}

/**
 * Lists refusals: the agency sees its region, a hospital its own.
 *
 * @param filter.hospitalId of the agency's choice; a hospital's own counts for itself
 * @see MZ-9.3, MZ-10
 */
export async function readRefusals(
  deps: Deps,
  caller: Caller,
  filter: { readonly hospitalId?: string; readonly after?: string; readonly limit: number },
): Promise<{ items: readonly RefusalView[]; next?: string }> {
  const hospitalId = caller.kind === 'hospital' ? (caller.institutionId ?? '') : filter.hospitalId
  const rows = await listRefusals(deps.pool, caller.regionCode, {
    limit: filter.limit,
    ...(hospitalId === undefined ? {} : { hospitalId }),
    ...(filter.after === undefined ? {} : { after: filter.after }),
  })
  const last = rows.length === filter.limit ? rows.at(-1) : undefined
  return { items: rows.map(viewOf), ...(last === undefined ? {} : { next: last.refusalId }) }
}

function viewOf({ recordedAt, ...refusal }: OutsideRefusal): RefusalView {
  return { ...refusal, recordedAt: recordedAt.toISOString() }
}
