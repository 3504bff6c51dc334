import type { ProblemEntry } from './problems.ts'

/** Refusals of a request as such, whatever it is about. Part of the catalogue in `problems.ts`. */
export const REQUEST_PROBLEMS = {
  malformed: {
    family: 'malformed',
    title: { zh: '请求格式不正确', en: 'The request is malformed' },
    remedy: {
      zh: '请按接口说明更正所列字段后重新提交。',
      en: 'Correct the listed fields as the API description says, then send again.',
    },
    retry: 'after-change',
  },
  'not-found': {
    family: 'unknown',
    title: { zh: '地址不存在', en: 'No such address' },
    remedy: { zh: '请核对请求地址。', en: 'Check the address.' },
    retry: 'never',
  },
  'request-too-slow': {
    family: 'too-slow',
    title: { zh: '请求未能及时传完', en: 'The request took too long to arrive' },
    remedy: { zh: '请检查网络后原样重发。', en: 'Check the line and send the same again.' },
    retry: 'later',
  },
  'method-not-allowed': {
    family: 'wrong-method',
    title: { zh: '此地址不支持该请求方法', en: 'The address does not know this method' },
    remedy: {
      zh: '请使用 Allow 响应头所列的方法。',
      en: 'Use one of the methods that the Allow header lists.',
    },
    retry: 'after-change',
  },
  unauthenticated: {
    family: 'unauthenticated',
    title: { zh: '未认证或令牌已失效', en: 'Not authenticated, or the token has ended' },
    remedy: { zh: '请重新获取访问令牌后再试。', en: 'Get a new access token and send again.' },
    retry: 'after-change',
  },
  'client-refused': {
    family: 'unauthenticated',
    title: { zh: '客户端身份未通过验证', en: 'The client could not be verified' },
    remedy: {
      zh: '请核对客户端编号、密钥、断言的签发对象和有效期。',
      en: 'Check the client id, its key, and the audience and life of the assertion.',
    },
    retry: 'after-change',
  },
  'scope-missing': {
    family: 'forbidden',
    title: { zh: '没有此操作的权限', en: 'The caller may not do this' },
    remedy: { zh: '请使用有相应权限的身份。', en: 'Use a client that holds the scope.' },
    retry: 'never',
  },
  'not-yours': {
    family: 'unknown',
    title: { zh: '没有找到', en: 'Not found' },
    remedy: {
      zh: '请核对编号；只能查看与本机构有关的记录。',
      en: 'Check the number; only records that concern the caller are visible.',
    },
    retry: 'never',
  },
  'idempotency-key-missing': {
    family: 'malformed',
    title: { zh: '缺少 Idempotency-Key', en: 'The Idempotency-Key header is missing' },
    remedy: {
      zh: '每个写操作请附带唯一的 Idempotency-Key，重发时保持不变。',
      en: 'Give each write a key of its own and keep it when sending again.',
    },
    retry: 'after-change',
  },
  'idempotency-key-reused': {
    family: 'conflict',
    title: { zh: 'Idempotency-Key 已用于另一请求', en: 'The Idempotency-Key was used for another request' },
    remedy: { zh: '请为新的请求换一个键。', en: 'Use a new key for a new request.' },
    retry: 'after-change',
  },
  'too-large': {
    family: 'too-large',
    title: { zh: '请求内容过大', en: 'The request is too large' },
    remedy: { zh: '请减小请求内容。', en: 'Send less.' },
    retry: 'after-change',
  },
  'unsupported-media-type': {
    family: 'unsupported',
    title: { zh: '不支持的内容类型', en: 'The media type is not supported' },
    remedy: {
      zh: '请按接口说明设置 Content-Type，例如 application/json。',
      en: 'Set the Content-Type that the API description names, such as application/json.',
    },
    retry: 'after-change',
  },
  'charset-unsupported': {
    family: 'unsupported',
    title: { zh: '不支持的字符编码', en: 'The charset is not supported' },
    remedy: {
      zh: '请以 UTF-8 编码发送内容，Content-Type 中的 charset 只能为 utf-8 或省略。',
      en: 'Send the content in UTF-8; the charset of the Content-Type is utf-8 or left out.',
    },
    retry: 'after-change',
  },
  'content-encoding-unsupported': {
    family: 'unsupported',
    title: { zh: '不支持压缩的请求内容', en: 'Compressed content is not supported' },
    remedy: {
      zh: '请不经压缩发送内容，不带 Content-Encoding。',
      en: 'Send the body uncompressed, without a Content-Encoding.',
    },
    retry: 'after-change',
  },
  'internal-error': {
    family: 'internal',
    title: { zh: '系统内部错误', en: 'The hub failed' },
    remedy: {
      zh: '请稍后以相同的 Idempotency-Key 重发；如再次出现，请将 instance 所示编号告知运维人员。',
      en: 'Send again later with the same Idempotency-Key; if it persists, give the operator the instance number.',
    },
    retry: 'later',
  },
  'too-many-requests': {
    family: 'too-many',
    title: { zh: '请求过于频繁', en: 'Too many requests' },
    remedy: {
      zh: '请在 Retry-After 所示秒数后重试。',
      en: 'Try again after the seconds given in Retry-After.',
    },
    retry: 'later',
  },
  unavailable: {
    family: 'unavailable',
    title: { zh: '服务暂时不可用', en: 'The service is not available for now' },
    remedy: {
      zh: '请稍后重试；使用相同的 Idempotency-Key 重发是安全的。',
      en: 'Try later; sending again with the same Idempotency-Key is safe.',
    },
    retry: 'later',
  },
} as const satisfies Record<string, ProblemEntry>
