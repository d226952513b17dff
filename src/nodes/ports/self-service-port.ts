import type { LocalisedText } from '../../base/locale.ts'

/** Terms and conditions in their current version. */
type Terms = { version: string; createDate: string; text: LocalisedText }

/** Security questions of a realm. Source: "Security questions" of the vendor's identity management. */
export type KbaSettings = {
  /** Attribute that stores a person's questions and answers. */
  kbaPropertyName: string
  minimumAnswersToDefine: number
  minimumAnswersToVerify: number
  /** By id. */
  questions: Readonly<Record<string, LocalisedText>>
  /** Maximum wrong answers in a row; null for any number. */
  numberOfAttemptsAllowed: number | null
  /** Attribute that counts wrong answers; null if they are not counted. */
  kbaAttemptsPropertyName: string | null
}

/** A recipient of people's data, subject to consent. Source: "Consent" of the vendor's identity management. */
type ConsentMapping = {
  name: string
  displayName: string
  icon: string
  accessLevel: string
  fields: readonly string[]
}

/** A realm's settings for registration and self-service. */
export type SelfService = {
  /** null if people need not accept any. */
  terms: Terms | null
  kba: KbaSettings
  consentMappings: readonly ConsentMapping[]
}
