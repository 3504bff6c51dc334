import type { ProblemEntry } from './problems.ts'

/**
 * Refusals where records are kept or summed up: registers, books of stock, reports. Part of the catalogue in
 * `problems.ts`.
 */
export const RECORD_PROBLEMS = {
  'code-list-unknown': {
    family: 'unknown',
    title: { zh: '没有此代码表', en: 'There is no such code list' },
    remedy: { zh: '请在 GET /codes 中查找代码表名称。', en: 'Find the name of the list in GET /codes.' },
    retry: 'never',
  },
  'register-conflict': {
    family: 'conflict',
    title: { zh: '名录记录的有效期重叠', en: 'The periods of two register entries overlap' },
    remedy: { zh: '请先终止原记录，再登记新记录。', en: 'End the old entry first.' },
    retry: 'after-change',
  },
  'upload-faulty': {
    family: 'refused',
    title: { zh: '上传文件有错误，整份未采纳', en: 'The file has faults; nothing of it was taken' },
    remedy: {
      zh: '请按所列行号更正后重新上传整份文件。',
      en: 'Correct the lines listed and upload the whole file again.',
    },
    retry: 'after-change',
  },
  'month-not-closed': {
    family: 'conflict',
    title: { zh: '该月份尚未结束', en: 'The month has not ended' },
    remedy: { zh: '请在该月结束后再统计。', en: 'Reports cover months that have ended.' },
    retry: 'later',
  },
  'cursor-unknown': {
    family: 'conflict',
    title: { zh: '事件流尚无此位置', en: 'The feed has not come to this place' },
    remedy: {
      zh: '该游标可能来自另一平台，或数据库已由备份恢复。请不带 after 从头读取，并按处方编号与 revision 去重。',
      en: 'The cursor is of another hub, or the database was restored. Read from the beginning without `after`, and skip what you know by prescription number and revision.',
    },
    retry: 'after-change',
  },
} as const satisfies Record<string, ProblemEntry>
