/** What the centre above answered. */
export interface CentreAnswer {
  /** 0 done. */
  readonly code: number
  readonly data: Readonly<Record<string, unknown>>
}

/** The pharmacist whom the upload has to name, where the hospital's prescription names none. */
export interface CentrePharmacist {
  readonly code: string
  readonly name: string
  readonly departmentCode: string
  readonly departmentName: string
  readonly titleCode: string
}

/** A provincial or national centre that takes prescriptions by the interface that hospitals call here. */
export interface Centre {
  /** The hospitals for which it knows an application. */
  readonly hospitals: readonly string[]
  pharmacistOf(hospitalId: string): CentrePharmacist
  /**
   * Calls a function for a hospital.
   *
   * @param path `uploadChk` and its like
   * @throws whatever fails on the way, and for an answer that asks to come again: it is tried again later
   */
  call(hospitalId: string, path: string, data: object): Promise<CentreAnswer>
}
