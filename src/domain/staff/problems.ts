import type { ProblemEntry } from '../problems.ts'

/** Refusals of people at the door. Part of the catalogue in `problems.ts`. */
export const STAFF_PROBLEMS = {
  'sign-in-wrong': {
    family: 'forbidden',
    title: { zh: '账号、密码或动态码不正确', en: 'Name, password or code is wrong' },
    remedy: {
      zh: '请核对后再试；动态码每 30 秒更换，每个只能用一次。忘记密码或更换手机的，请单位管理员重新邀请。',
      en: 'Check them and try again; a code lasts 30 seconds and counts once. Who lost password or phone is invited anew.',
    },
    retry: 'after-change',
  },
  'sign-in-locked': {
    family: 'too-many',
    title: { zh: '尝试次数过多，账号暂时锁定', en: 'Too many tries; the name is locked for a while' },
    remedy: { zh: '请 15 分钟后再试。', en: 'Try again after 15 minutes.' },
    retry: 'later',
  },
  'sign-in-needed': {
    family: 'unauthenticated',
    title: { zh: '请先登录', en: 'Sign in first' },
    remedy: { zh: '请登录后再办理。', en: 'Sign in, then go on.' },
    retry: 'after-change',
  },
  'invitation-unknown': {
    family: 'unknown',
    title: { zh: '邀请链接无效', en: 'The invitation is not valid' },
    remedy: {
      zh: '邀请只能使用一次，七天内有效。请单位管理员或医保经办机构重新邀请。',
      en: 'An invitation works once and for seven days. Ask to be invited anew.',
    },
    retry: 'never',
  },
  'password-weak': {
    family: 'refused',
    title: { zh: '密码太简单', en: 'The password is too weak' },
    remedy: {
      zh: '请使用 10 个以上字符，不要含账号，也不要全是相同或连续的字符。',
      en: 'Use 10 characters or more, without the name, and not all alike or in a row.',
    },
    retry: 'after-change',
  },
  'login-taken': {
    family: 'conflict',
    title: { zh: '账号已被使用', en: 'The name is taken' },
    remedy: { zh: '请换一个账号。', en: 'Choose another name.' },
    retry: 'after-change',
  },
  'role-lacking': {
    family: 'forbidden',
    title: { zh: '您的岗位不能办理此项', en: 'Your role may not do this' },
    remedy: { zh: '请由有此职责的人员登录后办理。', en: 'Somebody whose duty it is has to do it.' },
    retry: 'never',
  },
  'form-outdated': {
    family: 'conflict',
    title: { zh: '页面已过期', en: 'The page is out of date' },
    remedy: {
      zh: '刚才的操作没有生效，请在新页面上再做一次。',
      en: 'Nothing was done; do it again on the new page.',
    },
    retry: 'after-change',
  },
} as const satisfies Record<string, ProblemEntry>
