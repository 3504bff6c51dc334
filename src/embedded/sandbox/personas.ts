/** What makes one region's sandbox different from another's. */
export interface Persona {
  /** Which hospital writes the ordinary prescription there. */
  readonly hospital: 'tertiaryHospital' | 'secondaryHospital'
  readonly physician: 'associateChief' | 'chief'
  /** Who supplies: a retail pharmacy, or the dispensary of the ordinary hospital where none may (FS-2.3). */
  readonly supplier: 'pharmacy' | 'hospital'
  readonly person: 'employee' | 'resident'
  /** National code of the drug of the ordinary prescription. */
  readonly drugCode: string
  /** Agreement kinds, by who can hold them. */
  readonly designations: {
    readonly tertiary: readonly string[]
    readonly secondary: readonly string[]
    readonly primary: readonly string[]
    readonly pharmacy: readonly string[]
  }
  /** The form of admission that the persons already have. */
  readonly admission: 'none' | 'drug' | 'handbook' | 'five-points' | 'two-disease'
  /** ICD-10 prefixes in the ordinary physician's filing. */
  readonly diseases: readonly string[]
}

/** 丁苯酞软胶囊: public price, agreement to the end of 2026, acute ischaemic stroke. */
const BUTYLPHTHALIDE = 'XN07XXD130E002010102774'
/** 瑞维鲁胺片: confidential price, agreement to the end of 2026, prostate cancer. */
const REZVILUTAMIDE = 'XL02BBR121A001010101445'
/** 醋酸阿比特龙片: regular catalogue, class B. */
const ABIRATERONE = 'XL02BBA292A001010100647'
/** 苯磺酸氨氯地平片: class A, centrally procured; the code is a sample. */
const AMLODIPINE = 'XC08CAA901A001010199999'

const STROKE = ['I60', 'I61', 'I63', 'I64', 'I69', 'G20', 'G35']
const CANCER = ['C', 'D0', 'D37', 'D38', 'D39', 'D4']

const dualChannel = ['dual-channel', 'settling']
const hospitalKinds = [...dualChannel, 'special-drug', 'assessing', 'treating', 'supplying']

/** Serves a policy like Meizhou's, and holds every agreement kind, so that a new policy file needs no code. */
const GENERIC: Persona = {
  hospital: 'tertiaryHospital',
  physician: 'associateChief',
  supplier: 'pharmacy',
  person: 'employee',
  drugCode: BUTYLPHTHALIDE,
  designations: {
    tertiary: hospitalKinds,
    secondary: [...hospitalKinds, 'two-disease'],
    primary: ['settling', 'two-disease'],
    pharmacy: [...dualChannel, 'special-drug', 'supplying', 'two-disease'],
  },
  admission: 'drug',
  diseases: STROKE,
}

const PERSONAS: Readonly<Record<string, Persona>> = {
  '441400': {
    ...GENERIC,
    designations: {
      tertiary: dualChannel,
      secondary: dualChannel,
      primary: ['settling'],
      pharmacy: dualChannel,
    },
    admission: 'none',
  },
  '500000': GENERIC,
  '140000': {
    ...GENERIC,
    physician: 'chief',
    drugCode: ABIRATERONE,
    admission: 'handbook',
    diseases: CANCER,
  },
  '510600': {
    ...GENERIC,
    physician: 'chief',
    drugCode: REZVILUTAMIDE,
    admission: 'five-points',
    diseases: CANCER,
  },
  '210400': {
    ...GENERIC,
    hospital: 'secondaryHospital',
    supplier: 'hospital',
    person: 'resident',
    drugCode: AMLODIPINE,
    designations: {
      tertiary: ['assessing', 'settling'],
      secondary: ['assessing', 'two-disease', 'settling', 'dual-channel'],
      primary: ['two-disease', 'settling'],
      pharmacy: dualChannel,
    },
    admission: 'two-disease',
    diseases: ['I10', 'I11', 'I12', 'I13', 'I15', 'E10', 'E11'],
  },
}

/** The persona of a region; the generic one for a region that the sandbox does not know. */
export function personaOf(regionCode: string): Persona {
  return PERSONAS[regionCode] ?? GENERIC
}

/** Drugs that every sandbox names, by national code. */
export const NAMED_DRUGS = {
  publicPriceDrug: BUTYLPHTHALIDE,
  confidentialDrug: REZVILUTAMIDE,
  /** 阿帕他胺片: its agreement ended on 2025-12-31. */
  endedAgreementDrug: 'XL02BBA326A001010102180',
  /** 盐酸吗啡片 (sample code): narcotic. */
  excludedDrug: 'XN02AAM921A001010199999',
  /** 艾司唑仑片 (sample code): psychotropic. */
  psychotropicDrug: 'XN05CDA925A001010199999',
  /** 吡拉西坦注射液: on no list. */
  unlistedDrug: 'XN07XXB093B002010100075',
  /** 度拉糖肽注射液: cold chain, confidential. */
  coldChainDrug: 'XA10BJD332B002010178403',
  /** 注射用醋酸地加瑞克: negotiated, the same indication as the confidential drug. */
  sameIndicationDrug: 'XL02BXD329B001010182471',
  /** 丁苯酞氯化钠注射液: the same ingredient as the public-price drug. */
  sameIngredientDrug: 'XN07XXD221B002010102774',
  /** 坤心宁颗粒: Chinese patent medicine without restriction by disease. */
  unrestrictedDrug: 'ZD03AAK0261010100941',
  /** 苯磺酸左氨氯地平片 (sample code): class B, a preferred equivalent exists. */
  lessPreferredDrug: 'XC08CAZ910A001010199999',
  /** 苯磺酸氨氯地平片 (sample code): class A, essential, centrally procured. */
  preferredDrug: AMLODIPINE,
} as const
