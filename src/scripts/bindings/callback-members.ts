import type { Members } from './binding.ts'

/** Getters of the answers to each callback type, in next-generation scripts. */
export const callbackGetters: Members = {
  'isEmpty()': 'Whether there are no answers yet.',
  'getNameCallbacks()': 'The entered usernames as a list.',
  'getPasswordCallbacks()': 'The entered passwords as a list.',
  'getTextInputCallbacks()': 'The entered texts as a list.',
  'getHiddenValueCallbacks()': 'The hidden values as a map by id.',
  'getChoiceCallbacks()': 'For each callback, a list with the index of the choice.',
  'getConfirmationCallbacks()': 'The indexes of the selected buttons as a list.',
  'getStringAttributeInputCallbacks()': 'Text attributes as a list.',
  'getNumberAttributeInputCallbacks()': 'Number attributes as a list.',
  'getBooleanAttributeInputCallbacks()': 'Boolean attributes as a list.',
  'getValidatedUsernameCallbacks()': 'Usernames, and whether to validate them only: value, validateOnly.',
  'getValidatedPasswordCallbacks()': 'Passwords, and whether to validate them only: value, validateOnly.',
  'getLanguageCallbacks()': 'Languages and countries as a list, such as en_GB.',
  'getIdpCallbacks()':
    'For each callback, a map with provider, clientId, redirectUri, scope, nonce, token, tokenType and others.',
  'getKbaCreateCallbacks()': 'Security questions with answers: selectedQuestion, selectedAnswer.',
  'getSelectIdPCallbacks()': 'Names of the chosen identity providers as a list.',
  'getTermsAndConditionsCallbacks()': 'Whether the terms were accepted, as a list.',
  'getConsentMappingCallbacks()': 'Whether consent was given, as a list.',
  'getDeviceProfileCallbacks()': 'Device profiles as a list of JSON texts.',
  'getHttpCallbacks()': 'Answers to HTTP callbacks as a list.',
  'getX509CertificateCallbacks()': 'The certificates as a list.',
}

/** Builders of each callback type, in next-generation scripts. */
export const callbackMakers: Members = {
  'nameCallback(prompt, name)': 'Asks for a username.',
  'passwordCallback(prompt, echoOn)': 'Asks for a password.',
  'textInputCallback(prompt, default)': 'Asks for text.',
  'hiddenValueCallback(id, value)': 'Sends a hidden field that a script of the page fills in.',
  'textOutputCallback(type, message)': 'Shows a text. Type 0 is information, 1 a warning, 2 an error.',
  'suspendedTextOutputCallback(type, message)': 'Shows a text while the journey waits for its link.',
  'scriptTextOutputCallback(script)': 'Sends a script that the page runs.',
  'metadataCallback(data)': 'Sends data to the page.',
  'choiceCallback(prompt, choices, defaultIndex, multiple)': 'Asks to choose from a list.',
  'radioChoiceCallback(prompt, choices, defaultIndex, multiple)': 'Asks to choose with radio buttons.',
  'confirmationCallback(prompt, type, options, defaultIndex)': 'Asks to select a button.',
  'languageCallback(language, country)': 'Asks for a language.',
  'pollingWaitCallback(milliseconds, message)': 'Makes the page wait, then continue by itself.',
  'redirectCallback(url, data, method, tracking)': 'Redirects the browser.',
  'stringAttributeInputCallback(name, prompt, value, required)': 'Asks for a text attribute.',
  'numberAttributeInputCallback(name, prompt, value, required)': 'Asks for a number attribute.',
  'booleanAttributeInputCallback(name, prompt, value, required)': 'Asks for a boolean attribute.',
  'validatedUsernameCallback(prompt, policies, validateOnly, failed)': 'Asks for a new username.',
  'validatedPasswordCallback(prompt, echoOn, policies, validateOnly, failed)': 'Asks for a new password.',
  'idPCallback(provider, clientId, redirectUri, scopes, nonce, request, requestUri, acrValues, isNative, token, tokenType)':
    'Asks an app to sign in with an identity provider.',
  'kbaCreateCallback(prompt, questions, allowUserDefined)': 'Asks for a security question and its answer.',
  'selectIdPCallback(providers)': 'Asks to choose an identity provider.',
  'termsAndConditionsCallback(version, terms, createDate)': 'Shows terms to accept.',
  'deviceProfileCallback(metadata, location, message)': 'Asks for the profile and location of the device.',
  'consentMappingCallback(config, message, isRequired)': 'Asks for consent to share data.',
  'httpCallback(authorizationHeader, negotiationName, errorCode)': 'Asks for an HTTP header.',
  'x509CertificateCallback(prompt, certificate, requestSignature)': 'Asks for a certificate.',
}
