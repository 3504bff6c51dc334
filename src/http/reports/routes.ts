import {
  costlyReport,
  drugReport,
  lapsedReport,
  monthParams,
  neverReport,
  outlierReport,
  reportFileParams,
  trendReport,
} from '../../../schemas/reports.ts'
import type { Deps } from '../../usecases/deps.ts'
import { computeReport } from '../../usecases/reports/monthly-reports.ts'
import { reportFile } from '../../usecases/reports/report-file.ts'
import type { Hub } from '../plugins/hub.ts'

/** Monthly reports, for the agency. */
export function reportRoutes(app: Hub, deps: Deps): void {
  const reads = {
    config: { refusals: ['month-not-closed'] as const },
    onRequest: app.authenticate('agency', 'report:read'),
  }
  const described = { tags: ['agency'], params: monthParams } as const

  app.get(
    '/agency/reports/:month/drugs',
    {
      schema: {
        ...described,
        operationId: 'reportDrugs',
        summary: 'Stocking, use and payment by institution and drug · 药品配备、使用、支付统计',
        response: { 200: drugReport },
      },
      ...reads,
    },
    async (request) => await computeReport(deps, request.caller, 'drugs', request.params.month),
  )
  app.get(
    '/agency/reports/:month/costly-drugs',
    {
      schema: {
        ...described,
        operationId: 'reportCostlyDrugs',
        summary: 'Costly and high-volume drugs · 费用高、用量大的药品',
        response: { 200: costlyReport },
      },
      ...reads,
    },
    async (request) => await computeReport(deps, request.caller, 'costly-drugs', request.params.month),
  )
  app.get(
    '/agency/reports/:month/outliers',
    {
      schema: {
        ...described,
        operationId: 'reportOutliers',
        summary: 'Physicians and pharmacies far above the others · 用量异常的医师和药店',
        description:
          'Modified z-score by median absolute deviation within drug and month, groups of five or more.',
        response: { 200: outlierReport },
      },
      ...reads,
    },
    async (request) => await computeReport(deps, request.caller, 'outliers', request.params.month),
  )
  app.get(
    '/agency/reports/:month/fund-trend',
    {
      schema: {
        ...described,
        operationId: 'reportFundTrend',
        summary: 'What each fund paid over twelve months · 基金支出趋势',
        response: { 200: trendReport },
      },
      ...reads,
    },
    async (request) => await computeReport(deps, request.caller, 'fund-trend', request.params.month),
  )
  app.get(
    '/agency/reports/:month/lapsed-holds',
    {
      schema: {
        ...described,
        operationId: 'reportLapsedHolds',
        summary: 'Holds that ran out · 锁定超时未配药',
        response: { 200: lapsedReport },
      },
      ...reads,
    },
    async (request) => await computeReport(deps, request.caller, 'lapsed-holds', request.params.month),
  )
  app.get(
    '/agency/reports/:month/never-prescribed',
    {
      schema: {
        ...described,
        operationId: 'reportNeverPrescribed',
        summary: 'Listed drugs that a hospital has never prescribed · 从未开具的目录药品',
        response: { 200: neverReport },
      },
      ...reads,
    },
    async (request) => await computeReport(deps, request.caller, 'never-prescribed', request.params.month),
  )
  app.get(
    '/agency/report-files/:month/:report',
    {
      schema: {
        operationId: 'downloadReport',
        tags: ['agency'],
        summary: 'A report as CSV · 下载统计报表',
        params: reportFileParams,
        response: {
          200: {
            description: 'UTF-8 with a byte order mark',
            content: { 'text/csv': { schema: { type: 'string' } } },
          },
        },
      } as const,
      ...reads,
    },
    async (request, reply) => {
      const { month, report } = request.params
      const text = await reportFile(deps, request.caller, report, month)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${report}-${month}.csv"`)
        .send(text)
    },
  )
}
