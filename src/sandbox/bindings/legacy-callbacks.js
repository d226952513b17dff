// Callbacks of legacy scripts: objects with Java getters, created with constructors.
;(guest) => {
  const { hasOwn } = guest.builtins
  const { list, javaValue, hidden, javaPackage, javaClass } = guest

  /** Getters by type that don't simply return an output or the only input: functions of the inputs. */
  const read = {
    NameCallback: { getName: plain },
    PasswordCallback: { getPassword: plain },
    TextInputCallback: { getText: plain },
    ConfirmationCallback: { getSelectedIndex: plain },
    ChoiceCallback: { getSelectedIndexes: (input) => list([].concat(plain(input))) },
    ValidatedCreateUsernameCallback: { getUsername: plain },
    ValidatedCreatePasswordCallback: { getPassword: plain },
    SelectIdPCallback: { getProvider: plain },
    IdPCallback: { getToken: ({ token }) => token, getTokenType: (input) => input.token_type },
    KbaCreateCallback: {
      getSelectedQuestion: ({ question }) => question,
      getSelectedAnswer: ({ answer }) => answer,
    },
  }

  function plain(input) {
    return javaValue(input[''])
  }

  /** Getters of outputs, such as `getPrompt` for `prompt`. Java spells a few of them differently. */
  function outputGetters(output) {
    const getters = {}
    for (const name of Object.keys(output)) {
      const value = name === 'messageType' ? Number(output[name]) : javaValue(output[name])
      getters[`get${name[0].toUpperCase()}${name.slice(1)}`] = () => value
    }
    return getters
  }

  function answered({ type, output, input }) {
    const getters = { ...outputGetters(output), getValue: () => plain(input) }
    const more = hasOwn(read, type) ? read[type] : {}
    for (const name of Object.keys(more)) getters[name] = () => more[name](input)
    return hidden({}, getters)
  }

  /** What the page shows as the answer. It is null until a script sets it, as in Java. */
  function settable(callback, name) {
    let answer = null
    return {
      [`get${name}`]: () => answer,
      [`set${name}`](value) {
        answer = value === null ? null : `${value}`
        callback.input = { '': answer ?? '' }
      },
    }
  }

  function selectable(callback, initial) {
    let selected = initial
    const select = (index) => {
      selected = Number(index)
      callback.input = { '': selected }
    }
    return { select, selected: () => selected }
  }

  /** Methods of callbacks that scripts create, beside the getters of what is shown. */
  const created = {
    NameCallback(callback) {
      const first = callback.input?.[''] ?? null
      return { getDefaultName: () => first, ...settable(callback, 'Name') }
    },
    TextInputCallback: (callback) => settable(callback, 'Text'),
    HiddenValueCallback(callback) {
      const { getValue, setValue } = settable(callback, 'Value')
      return { getValue: () => getValue() ?? callback.output.value, setValue }
    },
    /** A password goes to no page. */
    PasswordCallback(callback) {
      let password = null
      return {
        isEchoOn: () => callback.output.echoOn,
        getPassword: () => password,
        setPassword(value) {
          password = value === null ? null : guest.javaText(value)
        },
        clearPassword() {
          password = null
        },
      }
    },
    ChoiceCallback(callback) {
      const { select, selected } = selectable(callback, null)
      return {
        setSelectedIndex: select,
        getSelectedIndexes: () => (selected() === null ? null : list([selected()])),
      }
    },
    ConfirmationCallback(callback) {
      const { select, selected } = selectable(callback, 0)
      return { setSelectedIndex: select, getSelectedIndex: selected }
    },
  }

  /** A callback that a script created. `Action.send` accepts only these. */
  class LegacyCallback {
    constructor(type, output, input) {
      this.type = type
      this.output = output
      this.input = input
      const more = hasOwn(created, type) ? created[type](this) : {}
      hidden(this, { ...outputGetters(output), ...more })
    }
    setTrackingCookie(isTracking) {
      this.output.trackingCookie = !!isTracking
    }
  }

  const messageTypes = { INFORMATION: 0, WARNING: 1, ERROR: 2 }
  const options = {
    UNSPECIFIED_OPTION: -1,
    YES_NO_OPTION: 0,
    YES_NO_CANCEL_OPTION: 1,
    OK_CANCEL_OPTION: 2,
    YES: 0,
    NO: 1,
    CANCEL: 2,
    OK: 3,
  }

  function makeWaiting() {
    const parts = { waitTime: '', message: '' }
    const chain = {
      withWaitTime: (waitTime) => Object.assign(parts, { waitTime }) && chain,
      withMessage: (message) => Object.assign(parts, { message }) && chain,
      build: () => ofMethod('pollingWaitCallback')(parts.waitTime, parts.message),
    }
    return chain
  }

  let methods
  const ofMethod = (name) => {
    methods ??= guest.callbackConstructorsFor((...parts) => new LegacyCallback(...parts))
    return javaClass(methods[name])
  }

  guest.LegacyCallback = LegacyCallback

  javaPackage('javax.security.auth.callback', () => ({
    NameCallback: ofMethod('nameCallback'),
    PasswordCallback: ofMethod('passwordCallback'),
    ChoiceCallback: ofMethod('choiceCallback'),
    ConfirmationCallback: Object.assign(ofMethod('confirmationCallback'), messageTypes, options),
    TextInputCallback: ofMethod('textInputCallback'),
    TextOutputCallback: Object.assign(ofMethod('textOutputCallback'), messageTypes),
    LanguageCallback: ofMethod('languageCallback'),
  }))
  javaPackage('com.sun.identity.authentication.callbacks', () => ({
    HiddenValueCallback: ofMethod('hiddenValueCallback'),
    ScriptTextOutputCallback: ofMethod('scriptTextOutputCallback'),
  }))
  javaPackage('com.sun.identity.authentication.spi', () => ({
    MetadataCallback: ofMethod('metadataCallback'),
    RedirectCallback: ofMethod('redirectCallback'),
    HttpCallback: ofMethod('httpCallback'),
    X509CertificateCallback: ofMethod('x509CertificateCallback'),
  }))
  javaPackage('org.forgerock.openam.authentication.callbacks', () => ({
    PollingWaitCallback: Object.assign(ofMethod('pollingWaitCallback'), { makeCallback: makeWaiting }),
    SuspendedTextOutputCallback: Object.assign(ofMethod('suspendedTextOutputCallback'), messageTypes),
    StringAttributeInputCallback: ofMethod('stringAttributeInputCallback'),
    NumberAttributeInputCallback: ofMethod('numberAttributeInputCallback'),
    BooleanAttributeInputCallback: ofMethod('booleanAttributeInputCallback'),
    ValidatedUsernameCallback: ofMethod('validatedUsernameCallback'),
    ValidatedPasswordCallback: ofMethod('validatedPasswordCallback'),
    KbaCreateCallback: ofMethod('kbaCreateCallback'),
    SelectIdPCallback: ofMethod('selectIdPCallback'),
    IdPCallback: ofMethod('idPCallback'),
    TermsAndConditionsCallback: ofMethod('termsAndConditionsCallback'),
    DeviceProfileCallback: ofMethod('deviceProfileCallback'),
    ConsentMappingCallback: ofMethod('consentMappingCallback'),
  }))

  guest.expose(['legacyDecision', 'legacyDeviceMatch'], 'callbacks', (input) =>
    list(input.callbacks.map(answered)),
  )
}
