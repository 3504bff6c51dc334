import type { ProblemEntry } from '../problems.ts'

/** Refusals of the admission workflows (准入), complaints and sanctions. */
export const WORKFLOW_PROBLEMS = {
  'workflow-unknown': {
    family: 'unknown',
    title: { zh: '该统筹区没有此项申请', en: 'The region has no such workflow' },
    remedy: { zh: '请先查询可办理的申请。', en: 'Read the list of workflows first.' },
    retry: 'after-change',
  },
  'admission-actor-refused': {
    family: 'forbidden',
    title: { zh: '无权办理此环节', en: 'The caller may not take this step' },
    remedy: {
      zh: '请由 details 所列的一方（caller）及其人员（as、roles）办理；fault 为不符之处，same-person 指前一环节的经办人不能兼任。',
      en: 'Let the side in details.caller take it, signed by whom `as` and `roles` say; `fault` is what does not fit, `same-person` the signer of a step before.',
    },
    retry: 'after-change',
  },
  'admission-not-at-step': {
    family: 'conflict',
    title: { zh: '申请当前不在此环节', en: 'The application is not at this step' },
    remedy: { zh: '请先查询申请当前环节。', en: 'Read the application first.' },
    retry: 'never',
  },
  'admission-incomplete': {
    family: 'refused',
    title: { zh: '申请材料或内容不全', en: 'Papers or fields of the application are missing' },
    remedy: { zh: '请补齐所列材料和内容。', en: 'Complete the papers and fields listed.' },
    retry: 'after-change',
  },
  'admission-field-unexpected': {
    family: 'malformed',
    title: { zh: '此环节不接受所列内容', en: 'The step does not take these fields' },
    remedy: { zh: '请去掉所列内容。', en: 'Leave out the fields listed.' },
    retry: 'after-change',
  },
  'paper-code-unknown': {
    family: 'malformed',
    title: { zh: '没有此种材料', en: 'No such paper is known' },
    remedy: { zh: '请使用 details 所列的材料代码。', en: 'Use one of the codes in the details.' },
    retry: 'after-change',
  },
  'admission-open-already': {
    family: 'conflict',
    title: { zh: '已有相同的申请在办', en: 'The same application is open already' },
    remedy: { zh: '请办结或撤回原申请。', en: 'Finish or withdraw the open one.' },
    retry: 'after-change',
  },
  'paper-not-accepted': {
    family: 'unsupported',
    title: { zh: '材料文件类型不符', en: 'The paper is not a file of an accepted type' },
    remedy: {
      zh: '请上传 PDF、JPEG 或 PNG 文件，且内容与声明的类型一致。',
      en: 'Send a PDF, JPEG or PNG whose content is what its Content-Type says.',
    },
    retry: 'after-change',
  },
  'paper-limit-reached': {
    family: 'refused',
    title: { zh: '材料数量已达上限', en: 'The application has as many papers as it may have' },
    remedy: { zh: '请合并材料后上传。', en: 'Merge papers into fewer files.' },
    retry: 'after-change',
  },
  'sanction-unknown': {
    family: 'refused',
    title: { zh: '该统筹区的政策没有此种处理', en: 'The policy of the region knows no such sanction' },
    remedy: { zh: '请核对处理种类、对象和期限。', en: 'Check kind, subject and end of the sanction.' },
    retry: 'after-change',
  },
  'complaint-handled': {
    family: 'conflict',
    title: { zh: '该投诉已办结', en: 'The complaint was handled already' },
    remedy: { zh: '如有新情况请另行登记。', en: 'File a new one for new facts.' },
    retry: 'never',
  },
} as const satisfies Record<string, ProblemEntry>
