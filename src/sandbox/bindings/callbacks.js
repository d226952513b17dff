// The client's answers by callback type, in the order of the page.
;(guest) => {
  const { kinds, list, javaValue, hidden } = guest

  const plain = (answer) => answer.input['']
  const validated = (answer) => ({
    value: answer.input[''],
    validateOnly: answer.input.validateOnly === true,
  })

  const getters = {
    getNameCallbacks: ['NameCallback', plain],
    getPasswordCallbacks: ['PasswordCallback', plain],
    getTextInputCallbacks: ['TextInputCallback', plain],
    getStringAttributeInputCallbacks: ['StringAttributeInputCallback', plain],
    getNumberAttributeInputCallbacks: ['NumberAttributeInputCallback', plain],
    getBooleanAttributeInputCallbacks: ['BooleanAttributeInputCallback', plain],
    getChoiceCallbacks: ['ChoiceCallback', (answer) => list([].concat(plain(answer)))],
    getConfirmationCallbacks: ['ConfirmationCallback', plain],
    getValidatedPasswordCallbacks: ['ValidatedCreatePasswordCallback', validated],
    getValidatedUsernameCallbacks: ['ValidatedCreateUsernameCallback', validated],
    getLanguageCallbacks: ['LanguageCallback', ({ input }) => `${input.Language}_${input.Country}`],
    getIdpCallbacks: [
      'IdPCallback',
      ({ output, input }) => ({
        nodeName: 'IdPCallback',
        provider: output.provider,
        clientId: output.clientId,
        redirectUri: output.redirectUri,
        scope: output.scopes,
        nonce: output.nonce,
        request: output.request,
        requestUri: output.requestUri,
        acrValues: output.acrValues,
        token: input.token,
        tokenType: input.token_type,
        userInfo: null,
        requestNativeAppForUserInfo: output.acceptsJSON === true,
      }),
    ],
    getKbaCreateCallbacks: [
      'KbaCreateCallback',
      ({ input }) => ({ selectedQuestion: input.question, selectedAnswer: input.answer }),
    ],
    getSelectIdPCallbacks: ['SelectIdPCallback', plain],
    getTermsAndConditionsCallbacks: ['TermsAndConditionsCallback', plain],
    getConsentMappingCallbacks: ['ConsentMappingCallback', plain],
    getDeviceProfileCallbacks: ['DeviceProfileCallback', plain],
    getHttpCallbacks: ['HttpCallback', plain],
    getX509CertificateCallbacks: ['X509CertificateCallback', plain],
  }

  function bind(answers) {
    const methods = { isEmpty: () => answers.length === 0 }
    for (const name of Object.keys(getters)) {
      const [type, read] = getters[name]
      methods[name] = () => javaValue(answers.filter((answer) => answer.type === type).map(read))
    }
    methods.getHiddenValueCallbacks = () => {
      const values = {}
      for (const answer of answers) {
        if (answer.type === 'HiddenValueCallback') values[answer.output.id] = plain(answer)
      }
      return javaValue(values)
    }
    return hidden({}, methods)
  }

  guest.expose(kinds.decision, 'callbacks', (input) => bind(input.callbacks))
}
