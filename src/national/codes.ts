import type { NationalStatus } from '../domain/lifecycle/national-status.ts'

/** A code of the interface with its name. */
export interface Coded {
  readonly code: string
  readonly name: string
}

/** 医保处方状态 (rx_stas_codg), as clients of several vendors read it. */
const PRESCRIPTION_STATUS: Readonly<Record<NationalStatus['prescription'], Coded>> = {
  valid: { code: '1', name: '有效' },
  lapsed: { code: '2', name: '已失效' },
  revoked: { code: '3', name: '已撤销' },
}

/** 处方审核状态 (rx_chk_stas_codg): the official table is not public; one client reads 1 and 2, and all else as waiting. */
export const REVIEW_STATUS: Readonly<Record<NationalStatus['review'], Coded>> = {
  pending: { code: '0', name: '待审核' },
  passed: { code: '1', name: '通过' },
  failed: { code: '2', name: '不通过' },
}

/** 处方使用状态 (rx_used_stas_codg): only names are public, so a client should decide by the name. */
export const USE_STATUS: Readonly<Record<NationalStatus['use'], Coded>> = {
  unused: { code: '0', name: '未使用' },
  used: { code: '1', name: '已使用' },
  'partly-used': { code: '2', name: '部分使用' },
  returned: { code: '3', name: '已退药' },
}

/** Codes of the two axes whose tables are not public. */
export interface StatusTables {
  readonly reviewStatus: Readonly<Record<NationalStatus['review'], Coded>>
  readonly useStatus: Readonly<Record<NationalStatus['use'], Coded>>
}

/** The two axes that most answers carry. */
export function statusFields(
  { prescription, use }: NationalStatus,
  { useStatus }: Pick<StatusTables, 'useStatus'>,
) {
  return {
    rxStasCodg: PRESCRIPTION_STATUS[prescription].code,
    rxStasName: PRESCRIPTION_STATUS[prescription].name,
    rxUsedStasCodg: useStatus[use].code,
    rxUsedStasName: useStatus[use].name,
  }
}
