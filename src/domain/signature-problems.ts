import type { ProblemEntry } from './problems.ts'

const askAuthority = {
  zh: '请联系签发证书的电子认证机构更换证书后重新签名。',
  en: 'Ask the certificate authority for a proper certificate and sign again.',
}
const signAgain = {
  zh: '请按接口说明重新生成签名；文档字节与签名须原样提交。',
  en: 'Sign again as the API description says, and send document and signature byte for byte.',
}
const askAgency = {
  zh: '请联系经办机构核对信任的根证书、中间证书和证书吊销列表。',
  en: 'Ask the agency which root, intermediate certificates and revocation lists it trusts.',
}
const fileCertificate = {
  zh: '请先向经办机构备案签名证书，或改用已备案的证书。',
  en: 'File the certificate with the agency first, or sign with the one that is filed.',
}

/** A signature whose form is wrong. */
function malformed(zh: string, en: string) {
  return { family: 'malformed', title: { zh, en }, remedy: signAgain, retry: 'after-change' } as const
}

/** A well-formed signature that is not accepted. */
function refused(zh: string, en: string, remedy: { zh: string; en: string }) {
  return { family: 'refused', title: { zh, en }, remedy, retry: 'after-change' } as const
}

/** Every way a signature is not accepted: one code for each cause. Codes are public: add, never rename or reuse. */
export const SIGNATURE_PROBLEMS = {
  'signature-malformed': malformed(
    '签名不是有效的 CMS 结构',
    'The signature is not a CMS SignedData structure',
  ),
  'signature-not-der': malformed(
    '签名中有元素的值未按 DER 编码（如多余的前导零）',
    'The value of an element is not encoded as DER demands, such as an integer with a needless leading zero',
  ),
  'signature-trailing-data': malformed(
    '签名结构后有多余字节',
    'Bytes follow the end of a structure in the signature',
  ),
  'signature-duplicated-element': malformed('签名中有重复的元素', 'An element stands twice in the signature'),
  'signature-too-large': {
    family: 'too-large',
    title: { zh: '签名或文档过大', en: 'The signature or the document is too large' },
    remedy: {
      zh: '请减少签名中的证书数量或文档内容。',
      en: 'Send fewer certificates with the signature, or a smaller document.',
    },
    retry: 'after-change',
  },
  'signature-content-differs': refused(
    '签名内含的原文与提交的文档不一致',
    'The document inside the signature is not the one that was sent beside it',
    {
      zh: '请提交签名时的同一份文档字节，或改用不含原文的签名。',
      en: 'Send the very bytes that were signed, or a detached signature without them.',
    },
  ),
  'signature-content-type-wrong': malformed(
    '签名内容类型不是 data',
    'The signed content type is not id-data',
  ),
  'signed-attributes-unsorted': {
    family: 'malformed',
    title: { zh: '签名属性未按 DER 排序', en: 'The signed attributes are not in the order of DER' },
    remedy: {
      zh: '请按 DER 对签名属性排序后重新签名；使用 node-forge 时依次给出 contentType、signingTime、messageDigest。',
      en: 'Sort the signed attributes (DER, SET OF) and sign again; with node-forge give contentType, signingTime, messageDigest in this order.',
    },
    retry: 'after-change',
  },
  'unsigned-attribute-refused': malformed(
    '内容类型、摘要或签名时间出现在未签名属性中',
    'Content type, message digest or signing time stands among the unsigned attributes',
  ),
  'signature-value-malformed': {
    family: 'malformed',
    title: {
      zh: '签名值不是由 r 和 s 组成的 DER 序列',
      en: 'The signature value is not the DER sequence of r and s',
    },
    remedy: {
      zh: 'SM2 与 ECDSA 的签名值须为 SEQUENCE { r INTEGER, s INTEGER }（GM/T 0009、RFC 3279），不是 r 与 s 直接拼接。',
      en: 'For SM2 and ECDSA write SEQUENCE { r INTEGER, s INTEGER } (GM/T 0009, RFC 3279), not r and s side by side.',
    },
    retry: 'after-change',
  },
  'signature-integer-negative': {
    family: 'malformed',
    title: {
      zh: '签名值的整数缺少前导零',
      en: 'An integer of the signature value lacks its leading zero',
    },
    remedy: {
      zh: '最高位为 1 的 r 或 s 前须补一个零字节；请更新签名设备或中间件后重新签名。',
      en: 'Put a zero byte before an r or s whose first bit is set; update the signing device or middleware and sign again.',
    },
    retry: 'after-change',
  },
  'signature-attribute-missing': malformed(
    '签名属性缺少内容类型或摘要',
    'The signed attributes lack the content type or the message digest',
  ),
  'signer-missing': malformed('签名中没有签名者', 'The signature has no signer'),
  'signer-certificate-missing': malformed(
    '签名中缺少签名者证书',
    "A signer's certificate is not in the signature",
  ),
  'certificate-malformed': malformed('证书结构无效', 'A certificate is not valid DER X.509'),
  'document-altered': refused(
    '文档与签名时的内容不一致',
    'The document is not the one that was signed',
    signAgain,
  ),
  'signature-wrong': refused('签名值不正确', 'The signature value is wrong', signAgain),
  'digest-weak': refused(
    '使用了不安全的摘要算法（MD5、SHA-1）',
    'A digest is too weak (MD5, SHA-1)',
    askAuthority,
  ),
  'key-weak': refused('密钥强度不足', 'A key is too weak (RSA below 2048 bits)', askAuthority),
  'algorithm-unsupported': refused('不支持的算法', 'An algorithm is not supported', askAuthority),
  'algorithm-mismatch': refused(
    '签名、摘要与密钥的算法不一致',
    'Signature algorithm, digest and key do not fit together',
    signAgain,
  ),
  'issuer-missing': refused('缺少中间证书', "A certificate of the issuer's path is missing", {
    zh: '请在签名中附带中间证书后重新提交。',
    en: 'Put the intermediate certificates into the signature and send again.',
  }),
  'issuer-signature-wrong': refused(
    '证书不是由所称的机构签发',
    'A certificate was not signed by the key of its issuer',
    askAuthority,
  ),
  'root-not-trusted': refused('根证书不受信任', 'The path ends at a root that is not trusted', askAgency),
  'path-too-complex': refused('证书链过于复杂', 'The certificates allow too many paths', askAuthority),
  'certificate-expired': refused('签名者证书已过期', "The signer's certificate has expired", askAuthority),
  'certificate-not-yet-valid': refused(
    '签名者证书尚未生效',
    "The signer's certificate is not yet valid",
    askAuthority,
  ),
  'issuer-expired': refused('签发机构证书已过期', "An issuer's certificate has expired", askAuthority),
  'issuer-not-yet-valid': refused(
    '签发机构证书尚未生效',
    "An issuer's certificate is not yet valid",
    askAuthority,
  ),
  'certificate-revoked': refused('签名者证书已吊销', "The signer's certificate is revoked", askAuthority),
  'issuer-revoked': refused('签发机构证书已吊销', "An issuer's certificate is revoked", askAuthority),
  'revocation-pending': {
    family: 'refused',
    title: { zh: '暂时无法确认证书吊销状态', en: 'The revocation status cannot be told for now' },
    remedy: {
      zh: '请稍后原样重新提交；经办机构需更新证书吊销列表。',
      en: 'Send the same again later; the agency has to refresh its revocation lists.',
    },
    retry: 'later',
  },
  'key-usage-missing': refused(
    '签名证书没有密钥用法扩展',
    'The certificate of a signer has no key usage extension, which GB/T 20518 demands',
    askAuthority,
  ),
  'key-usage-wrong': refused(
    '证书用途不允许数字签名',
    'The key usage of the certificate does not allow signatures',
    askAuthority,
  ),
  'extended-key-usage-wrong': refused(
    '证书扩展用途不允许签署文档',
    'The extended key usage of the certificate does not allow signing documents',
    askAuthority,
  ),
  'issuer-not-ca': refused('签发者不是证书机构', 'An issuer is not a certificate authority', askAuthority),
  'issuer-key-usage-wrong': refused(
    '签发机构证书不允许签发证书',
    "An issuer's key usage does not allow signing certificates",
    askAuthority,
  ),
  'path-length-exceeded': refused(
    '证书链长度超出限制',
    'A path is longer than an issuer in it allows',
    askAuthority,
  ),
  'critical-extension-unknown': refused(
    '证书含有无法识别的关键扩展',
    'A certificate has a critical extension that is not understood',
    askAuthority,
  ),
  'name-not-allowed': refused(
    '证书持有者名称超出签发机构被允许的范围',
    'A certificate has a name that an authority in its path may not certify',
    askAuthority,
  ),
  'policy-constrained': refused(
    '签发机构证书含有证书策略限制，本平台不予接受',
    "An authority's certificate limits certificate policies, which the hub does not follow",
    askAuthority,
  ),
  'signer-not-filed': refused('签名证书未备案', "A signer's certificate is not filed", fileCertificate),
  'signer-of-another-hospital': refused(
    '签名证书属于其他医院',
    "A signer's certificate is filed for another hospital",
    fileCertificate,
  ),
  'signer-of-another-physician': refused(
    '签名证书属于其他医师',
    "The signer's certificate is filed for another physician",
    {
      zh: '请由处方所载医师本人签名。',
      en: 'The physician named in the prescription has to sign it.',
    },
  ),
  'physician-signature-missing': refused('缺少医师签名', "The physician's signature is missing", {
    zh: '请由处方医师签名后重新提交。',
    en: 'Have the physician sign and send again.',
  }),
  'seal-missing': refused('缺少医院电子签章', "The hospital's seal is missing", {
    zh: '请加盖医院电子签章后重新提交。',
    en: 'Seal the document with the certificate of the hospital and send again.',
  }),
  'insurance-seal-missing': refused(
    '缺少医保办签章',
    "The seal of the hospital's insurance office is missing",
    {
      zh: '请加盖医院医保办电子签章后重新提交。',
      en: 'Have the insurance office of the hospital seal the document and send again.',
    },
  ),
} as const satisfies Record<string, ProblemEntry>

export type SignatureProblemCode = keyof typeof SIGNATURE_PROBLEMS
