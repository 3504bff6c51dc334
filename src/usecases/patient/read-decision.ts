import type { Bilingual } from '../../domain/finding.ts'
import { dayOf } from '../../domain/primitives/civil-day.ts'
import { Problem } from '../../domain/problems.ts'
import { term } from '../../domain/rules/terms.ts'
import * as applications from '../../storage/admissions/application.ts'
import * as notices from '../../storage/decision-notice.ts'
import { workflowOf } from '../admissions/workflows-of.ts'
import type { Deps } from '../deps.ts'
import { hashOf } from '../secrets.ts'
import { isEnding, isEndingOf } from './ending.ts'
import { registeredPerson } from './registered-person.ts'

/** A link to a decision, before the second factor: nothing of the person or the decision. */
export interface DecisionLink {
  readonly attemptsLeft: number
}

/** What the person is told. */
export interface DecisionView {
  readonly decidedAt: Date
  readonly region: Bilingual
  /** What it was about: an admission workflow, or a sanction. */
  readonly title: Bilingual
  readonly outcome: Bilingual
  readonly isAgainst: boolean
  /** Who decided: a hospital by name; absent for the agency. */
  readonly hospitalName?: string
  /** In the words of whoever decided. */
  readonly reason?: string
  /** What the checks found. */
  readonly findings: readonly Bilingual[]
  /** Sanctions with their days. */
  readonly sanctions: readonly {
    readonly title: Bilingual
    readonly validFrom: string
    readonly validTo?: string
  }[]
}

/**
 * The state of a link.
 *
 * @throws Problem link-unknown, link-locked
 */
export async function decisionLink(deps: Deps, token: string): Promise<DecisionLink> {
  const { notice } = await noticeOf(deps, token)
  return { attemptsLeft: Math.max(0, deps.settings.linkAttempts - notice.attempts) }
}

/**
 * Shows a decision to whoever knows the last six characters of the person's identity number. Each look asks for
 * them, so that nothing stays open on a phone that others use.
 *
 * @throws Problem link-unknown, link-locked, second-factor-wrong; malformed, which costs no attempt
 * @see SX-4.2, CQ-4.1, FS-4.2b
 */
export async function readDecision(deps: Deps, token: string, ending: string): Promise<DecisionView> {
  const { hash, notice } = await noticeOf(deps, token)
  if (!isEnding(ending)) throw new Problem('malformed')
  if (!(await notices.claimAttempt(deps.pool, hash, deps.settings.linkAttempts, deps.clock())))
    throw new Problem('link-locked')
  const person = await registeredPerson(deps, notice.regionCode, notice.personId)
  if (person === undefined) throw new Problem('link-unknown')
  if (!isEndingOf(ending, person.idNumber)) {
    const { attemptsLeft } = await decisionLink(deps, token)
    throw new Problem('second-factor-wrong', { details: { attemptsLeft } })
  }
  await notices.giveAttemptBack(deps.pool, hash)
  const { about } = notice
  return 'sanction' in about
    ? sanctionView(deps, notice, about.sanction)
    : await stepView(deps, notice, about.applicationNo, about.revision)
}

async function noticeOf(
  deps: Deps,
  token: string,
): Promise<{ readonly hash: Buffer; readonly notice: notices.NoticeRow }> {
  if (!/^[A-Za-z0-9_-]{32}$/.test(token)) throw new Problem('link-unknown')
  const hash = hashOf(token)
  const notice = await notices.findByLink(deps.pool, hash)
  if (notice === undefined) throw new Problem('link-unknown')
  if (notice.isLocked) throw new Problem('link-locked')
  return { hash, notice }
}

const OUTCOMES: Readonly<Record<string, Bilingual>> = {
  approve: { zh: '已通过', en: 'Approved' },
  refuse: { zh: '未通过', en: 'Refused' },
  return: { zh: '退回补充材料', en: 'Sent back to be completed' },
}

const ASSESSMENTS: Readonly<Record<string, Bilingual>> = {
  continues: { zh: '继续享受待遇', en: 'The benefit continues' },
  cured: { zh: '评估为治愈，待遇停止', en: 'Found cured; the benefit ends' },
  progressed: { zh: '评估为疾病进展，待遇停止', en: 'Found progressed; the benefit ends' },
}

async function stepView(
  deps: Deps,
  notice: notices.NoticeRow,
  applicationNo: string,
  revision: number,
): Promise<DecisionView> {
  const { regionCode } = notice
  const row = await applications.find(deps.pool, regionCode, applicationNo)
  const event = (await applications.events(deps.pool, regionCode, applicationNo)).find(
    (one) => one.revision === revision,
  )
  const version = row === undefined ? undefined : deps.policies.version(row.policyVersion)
  if (row === undefined || event === undefined || version === undefined) throw new Problem('link-unknown')
  const assessment = event.decision === 'approve' ? event.fields.assessment : undefined
  const hospital =
    event.actorKind === 'hospital' && row.applicantId !== undefined
      ? (await deps.registers.latest(deps.pool, regionCode)).find(
          'institution',
          row.applicantId,
          dayOf(notice.decidedAt),
        )
      : undefined
  return {
    decidedAt: notice.decidedAt,
    region: version.name,
    title: workflowOf(version, row.workflow).title,
    outcome: (assessment === undefined ? undefined : ASSESSMENTS[assessment]) ?? OUTCOMES[event.decision]!,
    isAgainst: event.decision !== 'approve' || (assessment !== undefined && assessment !== 'continues'),
    ...(hospital === undefined ? {} : { hospitalName: hospital.name }),
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    findings: event.findings.map(({ message }) => message),
    sanctions: [],
  }
}

function sanctionView(
  deps: Pick<Deps, 'policies'>,
  notice: notices.NoticeRow,
  told: notices.ToldSanction,
): DecisionView {
  const version = deps.policies.inForce(notice.regionCode, dayOf(notice.decidedAt))
  if (version === undefined) throw new Problem('link-unknown')
  const isImposed = told.change === 'imposed'
  return {
    decidedAt: notice.decidedAt,
    region: version.name,
    title: { zh: '医保待遇处理决定', en: 'Decision about the insurance benefit' },
    outcome: isImposed ? { zh: '作出处理', en: 'Imposed' } : { zh: '解除处理', en: 'Lifted' },
    isAgainst: isImposed,
    reason: told.reason,
    findings: [],
    sanctions: told.kinds.map(({ kind, ...period }) => ({ title: term(kind), ...period })),
  }
}
