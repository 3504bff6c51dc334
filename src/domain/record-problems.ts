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
  'callback-address-refused': {
    family: 'refused',
    title: { zh: '不能向此地址推送', en: 'Nothing can be sent to this address' },
    remedy: {
      zh: '生产环境请使用 https 且公网可达的地址，不含用户名、密码和片段；专网地址须先由运维人员在 CALLBACK_NETWORKS 中登记。',
      en: 'In production use https and an address that everybody can reach, without name, password or fragment; a private network has to be allowed by the operator (CALLBACK_NETWORKS) first.',
    },
    retry: 'after-change',
  },
  'callbacks-too-many': {
    family: 'conflict',
    title: { zh: '推送订阅数已达上限', en: 'There are as many callbacks as there may be' },
    remedy: {
      zh: '请先结束不再使用的订阅，或更改现有订阅。',
      en: 'End one that is not needed any more, or change one.',
    },
    retry: 'after-change',
  },
  'revision-named-not': {
    family: 'unconditional',
    title: { zh: '缺少 If-Match', en: 'The If-Match header is missing' },
    remedy: {
      zh: '请先读取记录，并在 If-Match 中带回其 ETag。',
      en: 'Read it first and send its ETag back in If-Match.',
    },
    retry: 'after-change',
  },
  'changed-meanwhile': {
    family: 'changed',
    title: { zh: '记录已被他人更改', en: 'Somebody has changed it meanwhile' },
    remedy: {
      zh: '请重新读取，核对后以新的 ETag 提交。',
      en: 'Read it again, compare, and send with the new ETag.',
    },
    retry: 'after-change',
  },
  'register-conflict': {
    family: 'conflict',
    title: { zh: '名录记录的有效期重叠', en: 'The periods of two register entries overlap' },
    remedy: {
      zh: '请先终止 details 所示的原记录，再登记新记录。',
      en: 'End the entry in the details first.',
    },
    retry: 'after-change',
  },
  'reference-unknown': {
    family: 'refused',
    title: { zh: '所指的机构、人员或药品不在名录中', en: 'What is referred to is not in its register' },
    remedy: {
      zh: '请核对所列字段的编码；确需引用的，先在相应名录登记。',
      en: 'Check the codes of the listed fields; what is missing has to be entered in its register first.',
    },
    retry: 'after-change',
  },
  'entry-unknown': {
    family: 'unknown',
    title: { zh: '没有可终止的名录记录', en: 'The register has no such entry to end' },
    remedy: {
      zh: '请核对键值和最后有效日：不得早于该记录起始日的前一日，也不得晚于其终止日。',
      en: 'Check key and last day: not earlier than the day before the first, not later than the end it has.',
    },
    retry: 'after-change',
  },
  'year-amounts-of-another': {
    family: 'conflict',
    title: { zh: '该流水号属于另一参保人或另一年度', en: 'The record is of another person or year' },
    remedy: {
      zh: '请核对来源和流水号；更正只能针对同一参保人的同一年度，必要时将原记录各项金额更正为零后另行录入。',
      en: 'Check source and reference: a correction is of the same person and year. State the old one with zeros, and the new one under its own reference.',
    },
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
