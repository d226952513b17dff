/** The language codes of text to speech. */
type VoiceCodes = { twilio: string; vonage: string }

const english: VoiceCodes = { twilio: 'en-US', vonage: 'en-US' }

/** Sources: Twilio, "Text-to-speech voices"; Vonage, "Text to speech: supported languages". */
const codes: Readonly<Record<string, VoiceCodes>> = {
  en: english,
  de: { twilio: 'de-DE', vonage: 'de-DE' },
  fr: { twilio: 'fr-FR', vonage: 'fr-FR' },
  es: { twilio: 'es-ES', vonage: 'es-ES' },
  ar: { twilio: 'arb', vonage: 'ar' },
  it: { twilio: 'it-IT', vonage: 'it-IT' },
  nl: { twilio: 'nl-NL', vonage: 'nl-NL' },
  pl: { twilio: 'pl-PL', vonage: 'pl-PL' },
  pt: { twilio: 'pt-PT', vonage: 'pt-PT' },
}

/** The voice for a language such as `de` or `de-AT`. Other languages are read in English. */
export function voiceOf(locale: string): VoiceCodes {
  return codes[locale.toLowerCase().split(/[-_]/)[0] ?? ''] ?? english
}
