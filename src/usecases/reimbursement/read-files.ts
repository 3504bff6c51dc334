import type { Finding } from '../../domain/finding.ts'
import { yearOf } from '../../domain/primitives/civil-day.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import { Problem } from '../../domain/problems.ts'
import { reimbursedFen } from '../../domain/reimbursement/payment.ts'
import type { FileStatus } from '../../domain/reimbursement/transitions.ts'
import * as ledger from '../../storage/ledger.ts'
import * as files from '../../storage/reimbursement.ts'
import { type FilePaper, papersOf } from '../../storage/reimbursement-papers.ts'
import type { Caller, Deps } from '../deps.ts'
import { mayRead } from './change-file.ts'
import type { StoredDecision } from './decide-file.ts'
import { examineFile } from './examine-file.ts'

/** A file as its counter and the agency see it. */
export interface FileView {
  readonly fileId: string
  readonly origin: files.FileRow['origin']
  readonly occasion: string
  readonly personId: string
  readonly reason: string
  readonly status: files.FileRow['status']
  readonly openedAt: string
  readonly closedAt?: string
  readonly prescriptionNo?: string
  readonly settlementId?: string
  readonly expenseOn?: string
  readonly amountFen?: number
  readonly paymentReference?: string
}

export interface FileDetail extends FileView {
  readonly papers: readonly FilePaper[]
  readonly history: readonly { revision: number; command: string; to: FileStatus; at: string; by: string }[]
  readonly decision?: Pick<StoredDecision, 'decision' | 'reason' | 'policyVersion' | 'waivers' | 'findings'>
}

/** What an approval would come to now. */
export interface FilePreview {
  readonly policyVersion: string
  readonly findings: readonly Finding[]
  readonly chargeFen: number
  readonly reimbursedFen: number
  readonly patientFen: number
}

/** The files that the caller may see, oldest first. @param after id of the last one seen */
export async function listFiles(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  filter: {
    readonly status?: string | undefined
    readonly after?: string | undefined
    readonly limit: number
  },
): Promise<{ files: FileView[]; next?: string }> {
  const counterId = caller.kind === 'agency' ? undefined : (caller.institutionId ?? '')
  const rows = await files.list(deps.pool, caller.regionCode, { ...filter, counterId })
  const last = rows.length === filter.limit ? rows.at(-1)?.fileId : undefined
  return { files: rows.map(viewOf), ...(last === undefined ? {} : { next: last }) }
}

/** One file with papers, history and decision. @throws Problem file-unknown */
export async function readFile(
  deps: Pick<Deps, 'pool'>,
  caller: Caller,
  fileId: string,
): Promise<FileDetail> {
  const file = await visible(deps, caller, fileId)
  const papers = await papersOf(deps.pool, file.regionCode, fileId)
  const events = await files.eventsOf(deps.pool, file.regionCode, fileId)
  const stored = file.decision === undefined ? undefined : (JSON.parse(file.decision) as StoredDecision)
  return {
    ...viewOf(file),
    papers,
    history: events.map(({ revision, command, to, at, actorKind, actorId }) => ({
      revision,
      command,
      to,
      at: at.toISOString(),
      by: `${actorKind}:${actorId}`,
    })),
    ...(stored === undefined
      ? {}
      : {
          decision: {
            decision: stored.decision,
            reason: stored.reason,
            policyVersion: stored.policyVersion,
            waivers: stored.waivers,
            findings: stored.findings,
          },
        }),
  }
}

/**
 * Examines a file without deciding it: findings, and the amount if nothing were waived.
 *
 * @throws Problem file-unknown, policy-not-cited, settlement-facts-missing
 */
export async function previewFile(deps: Deps, caller: Caller, fileId: string): Promise<FilePreview> {
  const file = await visible(deps, caller, fileId)
  const found = await examineFile(deps, deps.pool, file)
  const balances = await ledger.readYear(deps.pool, file.regionCode, file.personId, yearOf(found.day))
  const adjudication = found.adjudicate(balances, [])
  return {
    policyVersion: found.policyVersion,
    findings: found.findings,
    chargeFen: fenToJson(adjudication.charge),
    reimbursedFen: fenToJson(reimbursedFen(adjudication)),
    patientFen: fenToJson(adjudication.totals.patient),
  }
}

async function visible(deps: Pick<Deps, 'pool'>, caller: Caller, fileId: string): Promise<files.FileRow> {
  const file = await files.find(deps.pool, caller.regionCode, fileId)
  if (file === undefined || !mayRead(caller, file)) throw new Problem('file-unknown')
  return file
}

function viewOf(file: files.FileRow): FileView {
  const { prescriptionNo, settlementId, expenseOn, amountFen, paymentReference } = file
  return {
    fileId: file.fileId,
    origin: file.origin,
    occasion: file.occasion,
    personId: file.personId,
    reason: file.reason,
    status: file.status,
    openedAt: file.openedAt.toISOString(),
    ...(file.closedAt === undefined ? {} : { closedAt: file.closedAt.toISOString() }),
    ...(prescriptionNo === undefined ? {} : { prescriptionNo }),
    ...(settlementId === undefined ? {} : { settlementId }),
    ...(expenseOn === undefined ? {} : { expenseOn }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(paymentReference === undefined ? {} : { paymentReference }),
  }
}
