import type { LocalisedText } from '../../engine/locale.ts'

/** Conditions that people accept, the version in force. */
type Terms = { version: string; createDate: string; text: LocalisedText }

/** Security questions of a realm. Source: "Security questions" of the vendor's identity management. */
export type KbaSettings = {
  /** Attribute of the person that keeps questions and answers. */
  kbaPropertyName: string
  minimumAnswersToDefine: number
  minimumAnswersToVerify: number
  /** By id. */
  questions: Readonly<Record<string, LocalisedText>>
  /** More wrong answers in a row end all tries; null means any number. */
  numberOfAttemptsAllowed: number | null
  /** Attribute of the person that counts them; null means that nobody counts. */
  kbaAttemptsPropertyName: string | null
}

/** Somebody whom people may let have their data. Source: "Consent" of the vendor's identity management. */
type ConsentMapping = {
  name: string
  displayName: string
  icon: string
  accessLevel: string
  fields: readonly string[]
}

/** What a realm decides about people who register and look after their own data. */
export type SelfService = {
  /** null where people need not accept any. */
  terms: Terms | null
  kba: KbaSettings
  consentMappings: readonly ConsentMapping[]
}
