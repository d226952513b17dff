import type { Members } from './binding.ts'

/** Answers by kind: next generation. */
export const callbackGetters: Members = {
  'isEmpty()': 'Whether nothing has been asked yet.',
  'getNameCallbacks()': 'The user names that were typed, a list.',
  'getPasswordCallbacks()': 'The passwords that were typed, a list.',
  'getTextInputCallbacks()': 'The texts that were typed, a list.',
  'getHiddenValueCallbacks()': 'The hidden values by id, a map.',
  'getChoiceCallbacks()': 'For each question a list with the place of the choice.',
  'getConfirmationCallbacks()': 'The places of the buttons that were pressed, a list.',
  'getStringAttributeInputCallbacks()': 'Texts of attributes, a list.',
  'getNumberAttributeInputCallbacks()': 'Numbers of attributes, a list.',
  'getBooleanAttributeInputCallbacks()': 'Flags of attributes, a list.',
  'getValidatedUsernameCallbacks()':
    'User names with whether they were only to be checked: value, validateOnly.',
  'getValidatedPasswordCallbacks()':
    'Passwords with whether they were only to be checked: value, validateOnly.',
  'getLanguageCallbacks()': 'Languages and countries, such as en_GB, a list.',
  'getIdpCallbacks()': 'What identity providers gave: provider, token, tokenType.',
  'getKbaCreateCallbacks()': 'Security questions with answers: selectedQuestion, selectedAnswer.',
  'getSelectIdPCallbacks()': 'Names of the providers that were chosen, a list.',
  'getTermsAndConditionsCallbacks()': 'Whether terms were accepted, a list.',
  'getConsentMappingCallbacks()': 'Whether consent was given, a list.',
  'getDeviceProfileCallbacks()': 'What devices told of themselves, JSON texts in a list.',
  'getHttpCallbacks()': 'What was sent back to HTTP callbacks, a list.',
  'getX509CertificateCallbacks()': 'Certificates that were sent, a list.',
}

/** A question or notice of each kind: next generation. */
export const callbackMakers: Members = {
  'nameCallback(prompt, name)': 'Asks for a user name.',
  'passwordCallback(prompt, echoOn)': 'Asks for a password.',
  'textInputCallback(prompt, default)': 'Asks for a text.',
  'hiddenValueCallback(id, value)': 'Sends a value that the page fills in and does not show.',
  'textOutputCallback(type, message)': 'Shows a text: type 0 informs, 1 warns, 2 is an error.',
  'suspendedTextOutputCallback(type, message)': 'Shows a text while the journey waits for its link.',
  'scriptTextOutputCallback(script)': 'Sends a script for the page to run.',
  'metadataCallback(data)': 'Hands data to the page.',
  'choiceCallback(prompt, choices, defaultIndex, multiple)': 'Lets choose from a list.',
  'radioChoiceCallback(prompt, choices, defaultIndex, multiple)': 'Lets choose from a list of buttons.',
  'confirmationCallback(prompt, type, options, defaultIndex)': 'Asks with buttons.',
  'languageCallback(language, country)': 'Asks for a language.',
  'pollingWaitCallback(milliseconds, message)': 'Lets the page wait and come back by itself.',
  'redirectCallback(url, data, method, tracking)': 'Sends the browser elsewhere.',
  'stringAttributeInputCallback(name, prompt, value, required)': 'Asks for a text of an attribute.',
  'numberAttributeInputCallback(name, prompt, value, required)': 'Asks for a number of an attribute.',
  'booleanAttributeInputCallback(name, prompt, value, required)': 'Asks for a flag of an attribute.',
  'validatedUsernameCallback(prompt, policies, validateOnly, failed)': 'Asks for a new user name.',
  'validatedPasswordCallback(prompt, echoOn, policies, validateOnly, failed)': 'Asks for a new password.',
  'idPCallback(provider, clientId, redirectUri, scopes, nonce, request, requestUri, acrValues, isNative, token, tokenType)':
    'Lets an app sign in with an identity provider.',
  'kbaCreateCallback(prompt, questions, allowUserDefined)': 'Asks for a security question and its answer.',
  'selectIdPCallback(providers)': 'Lets choose an identity provider.',
  'termsAndConditionsCallback(version, terms, createDate)': 'Shows terms to accept.',
  'deviceProfileCallback(metadata, location, message)': 'Asks the device what and where it is.',
  'consentMappingCallback(config, message, isRequired)': 'Asks for consent to share data.',
  'httpCallback(authorizationHeader, negotiationName, errorCode)': 'Asks for an HTTP header.',
  'x509CertificateCallback(prompt, certificate, requestSignature)': 'Asks for a certificate.',
}
