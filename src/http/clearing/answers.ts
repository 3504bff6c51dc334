import { EXPLANATIONS } from '../../domain/clearing/difference.ts'
import { fenToJson } from '../../domain/primitives/money.ts'
import type { Difference } from '../../storage/clearing/files.ts'
import type { StatementLine } from '../../storage/clearing/lines.ts'
import type { Statement } from '../../storage/clearing/statements.ts'
import type { MonthOverview } from '../../usecases/clearing/close-month.ts'
import type { StatementView } from '../../usecases/clearing/statement.ts'

/** A statement in a list. */
export function summaryAnswer(statement: Statement) {
  return {
    month: statement.month,
    institutionId: statement.institutionId,
    status: statement.status,
    openingFen: fenToJson(statement.opening),
    dueFen: fenToJson(statement.due),
    paidFen: fenToJson(statement.paid),
    closingFen: fenToJson(statement.closing),
    ...(statement.sentAt === undefined ? {} : { sentAt: statement.sentAt.toISOString() }),
    ...(statement.confirmedAt === undefined ? {} : { confirmedAt: statement.confirmedAt.toISOString() }),
    ...(statement.paidAt === undefined ? {} : { paidAt: statement.paidAt.toISOString() }),
  }
}

/** A statement with its rows and disputes. */
export function statementAnswer({ statement, figures, disputes, refunds }: StatementView) {
  const rows = (items: StatementView['figures']['items']) =>
    items.map(({ item, amount, entries }) => ({ item, amountFen: fenToJson(amount), entries }))
  return {
    ...summaryAnswer(statement),
    items: rows(figures.items),
    memos: rows(figures.memos),
    refunds,
    disputes: disputes.map(({ raisedAt, resolvedAt, ...dispute }) => ({
      ...dispute,
      raisedAt: raisedAt.toISOString(),
      ...(resolvedAt === undefined ? {} : { resolvedAt: resolvedAt.toISOString() }),
    })),
  }
}

/** A page of lines. @param limit as asked; a full page has a next one */
export function linesAnswer(lines: readonly StatementLine[], limit: number) {
  const last = lines.length === limit ? lines.at(-1) : undefined
  return {
    lines: lines.map(({ amount, charge, patient, ...line }) => ({
      ...line,
      amountFen: fenToJson(amount),
      ...(charge === undefined ? {} : { chargeFen: fenToJson(charge) }),
      ...(patient === undefined ? {} : { patientFen: fenToJson(patient) }),
    })),
    ...(last === undefined ? {} : { next: last.postingId }),
  }
}

/** A closed month with its progress and the trial balance. */
export function overviewAnswer({ run, byStatus, trialBalance, pending }: MonthOverview) {
  return {
    regionCode: run.regionCode,
    month: run.month,
    state: run.finishedAt === undefined ? ('computing' as const) : ('finished' as const),
    closedAt: run.closedAt.toISOString(),
    ...(run.finishedAt === undefined ? {} : { finishedAt: run.finishedAt.toISOString() }),
    nextDay: run.nextDay,
    postings: run.postings,
    statements: byStatus.map(({ status, statements, due, closing }) => ({
      status,
      statements,
      dueFen: fenToJson(due),
      closingFen: fenToJson(closing),
    })),
    pending: {
      settlements: pending.settlements,
      chargeFen: fenToJson(pending.charge),
      uncollected: {
        settlements: pending.uncollected.settlements,
        chargeFen: fenToJson(pending.uncollected.charge),
        fundFen: fenToJson(pending.uncollected.fund),
      },
    },
    trialBalance: {
      totalFen: fenToJson(trialBalance.reduce((sum, { amount }) => sum + amount, 0n)),
      accounts: trialBalance.map(({ account, amount, entries }) => ({
        account,
        amountFen: fenToJson(amount),
        entries,
      })),
    },
  }
}

/** A difference with its sentence. */
export function differenceAnswer(difference: Difference) {
  return { ...difference, message: EXPLANATIONS[difference.explanation] }
}
