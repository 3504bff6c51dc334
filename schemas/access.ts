/** What a client may be allowed to do, who may be given it, and the sentence for the API page. */
export const SCOPES = {
  'prescription:read': {
    kinds: ['hospital', 'pharmacy', 'agency'],
    purpose: 'Read prescriptions that concern the caller · 查询与本机构有关的处方',
  },
  'prescription:write': {
    kinds: ['hospital', 'agency'],
    purpose: 'Submit, pre-check and cancel prescriptions · 上传、预审核和撤销处方',
  },
  'dispense:read': {
    kinds: ['pharmacy', 'hospital', 'agency'],
    purpose: 'Read the inbox, dispenses and statements · 查询待配处方、调配记录和结算单',
  },
  'dispense:write': {
    kinds: ['pharmacy', 'hospital'],
    purpose: 'Take, review, settle, hand over, return · 接收、审方、结算、发药、退药',
  },
  'callback:write': {
    kinds: ['hospital', 'pharmacy', 'agency'],
    purpose: 'Have events sent by callback · 订阅事件推送',
  },
  'stock:write': {
    kinds: ['pharmacy', 'hospital'],
    purpose: 'Report stock and prices · 上报库存和价格',
  },
  'register:read': {
    kinds: ['agency', 'hospital', 'pharmacy', 'operator'],
    purpose: 'Read the registers · 查询名录',
  },
  'register:write': { kinds: ['agency'], purpose: 'Keep the registers · 维护名录' },
  'admission:read': {
    kinds: ['hospital', 'agency'],
    purpose: 'Read admission files and handbooks · 查询用药资质材料',
  },
  'admission:write': {
    kinds: ['hospital', 'agency'],
    purpose: 'Propose and decide admissions · 申报和审核用药资质',
  },
  'money:read': {
    kinds: ['agency', 'hospital', 'pharmacy'],
    purpose: 'Read settlements and clearing statements · 查询结算和清算',
  },
  'money:write': {
    kinds: ['agency', 'hospital', 'pharmacy'],
    purpose: 'Decide manual reimbursement, confirm clearing · 零星报销审核、清算确认',
  },
  'report:read': { kinds: ['agency'], purpose: 'Read reports and statistics · 查询统计报表' },
  'operation:read': { kinds: ['operator'], purpose: 'See queues and dead letters · 查看队列和失败任务' },
  'operation:write': {
    kinds: ['operator'],
    purpose: 'Retry dead letters, manage clients · 重试失败任务、管理接入方',
  },
} as const satisfies Record<string, { kinds: readonly string[]; purpose: string }>

/** A permission, as it stands in a token. */
export type Scope = keyof typeof SCOPES

/** The scopes that a client of this kind can hold. */
export function scopesOf(kind: string): Scope[] {
  return (Object.keys(SCOPES) as Scope[]).filter((scope) =>
    (SCOPES[scope].kinds as readonly string[]).includes(kind),
  )
}

/** True for a name in the table of scopes. */
export function isScope(name: string): name is Scope {
  return Object.hasOwn(SCOPES, name)
}

/** The form of `POST /oauth/token`. Unknown parameters are ignored, as RFC 6749 section 3.2 demands. */
export const tokenRequest = {
  $id: 'TokenRequest',
  type: 'object',
  required: ['grant_type', 'client_assertion_type', 'client_assertion'],
  properties: {
    grant_type: { type: 'string', maxLength: 100, examples: ['client_credentials'] },
    client_assertion_type: {
      type: 'string',
      maxLength: 100,
      examples: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    },
    client_assertion: {
      type: 'string',
      minLength: 1,
      maxLength: 4096,
      description:
        'A JWT signed with ES256, ES384, PS256 or RS256 by a registered key: `iss` and `sub` the client id, `aud` the ' +
        'issuer (the token endpoint is still taken, see the header `Deprecation`), `jti` never used before, `exp` ' +
        'at most five minutes ahead.',
    },
    client_id: { type: 'string', maxLength: 100 },
    scope: {
      type: 'string',
      maxLength: 1000,
      description: 'Separated by blanks; without it, all scopes of the client.',
    },
  },
} as const

export const tokenAnswer = {
  $id: 'TokenAnswer',
  type: 'object',
  additionalProperties: false,
  required: ['access_token', 'token_type', 'expires_in', 'scope'],
  properties: {
    access_token: { type: 'string' },
    token_type: { type: 'string', const: 'Bearer' },
    expires_in: { type: 'integer', description: 'Seconds' },
    scope: { type: 'string' },
  },
} as const

/** The answer that RFC 6749 section 5.2 prescribes in place of a problem document. */
export const oauthError = {
  $id: 'OAuthError',
  type: 'object',
  additionalProperties: false,
  required: ['error', 'error_description'],
  properties: {
    error: {
      type: 'string',
      enum: [
        'invalid_request',
        'invalid_client',
        'invalid_scope',
        'unsupported_grant_type',
        'temporarily_unavailable',
        'server_error',
      ],
    },
    error_description: { type: 'string' },
  },
} as const

export const jwksAnswer = {
  $id: 'JwkSet',
  type: 'object',
  additionalProperties: false,
  required: ['keys'],
  properties: { keys: { type: 'array', items: { type: 'object', additionalProperties: true } } },
} as const

const addresses = { type: 'string', format: 'uri' } as const
const names = { type: 'array', items: { type: 'string' } } as const

/** RFC 8414. */
export const authorizationServerAnswer = {
  $id: 'AuthorizationServer',
  type: 'object',
  additionalProperties: false,
  required: ['issuer', 'token_endpoint', 'jwks_uri'],
  properties: {
    issuer: addresses,
    token_endpoint: addresses,
    jwks_uri: addresses,
    service_documentation: addresses,
    grant_types_supported: names,
    response_types_supported: names,
    token_endpoint_auth_methods_supported: names,
    token_endpoint_auth_signing_alg_values_supported: names,
    scopes_supported: names,
  },
} as const
