import type { Bilingual } from '../finding.ts'
import type { TableFault } from './table.ts'

type FileCause = 'encoding' | 'quotes' | 'too-long' | 'header' | 'format'

const MESSAGES: Readonly<Record<string, Bilingual>> = {
  'utf-16': {
    zh: '文件是 UTF-16（Unicode 文本）；请另存为“CSV UTF-8”。',
    en: 'The file is UTF-16 (Unicode text); save it as “CSV UTF-8”.',
  },
  'utf-8': {
    zh: '从此行起不是 UTF-8；请另存为“CSV UTF-8”，或在 Content-Type 中注明 charset=GBK。',
    en: 'From this line on it is no UTF-8; save it as “CSV UTF-8”, or say charset=GBK in the content type.',
  },
  gb18030: {
    zh: '从此行起不是所声明的 GBK/GB 18030。',
    en: 'From this line on it is not the GBK or GB 18030 that was declared.',
  },
  quotes: {
    zh: '引号不成对；引号内的引号须写两次。此后的内容无法读取。',
    en: 'The quotes do not pair; a quote within quotes stands twice. What follows cannot be read.',
  },
  'too-long': { zh: '该行过长；引号是否成对？', en: 'The line is too long; do its quotes pair?' },
  empty: { zh: '文件中没有数据。', en: 'The file holds no line.' },
  json: { zh: '该行不是 JSON 对象。', en: 'The line is no JSON object.' },
}

/** A fault of the file itself. @param message key of the sentence */
export function fileFault(lineNo: number, cause: FileCause, message: keyof typeof MESSAGES): TableFault {
  return { lineNo, cause, message: MESSAGES[message]! }
}
