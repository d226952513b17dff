// Builders of callbacks. The number of arguments selects the overload, as on the vendor's engine.
;(guest) => {
  const { kinds } = guest

  const text = (value) => (value === undefined || value === null ? '' : `${value}`)
  const texts = (values) => [...(values || [])].map(text)
  const orEmpty = (value) => (value === undefined || value === null ? {} : value)
  const integer = (value) => {
    const number = Number(value)
    if (!Number.isInteger(number)) throw new Error(`Cannot convert ${value} to java.lang.Integer`)
    return number
  }

  const illegal = (what) => guest.javaError('java.lang.IllegalArgumentException', what)
  /** The constructors of Java's own callbacks refuse empty texts, and numbers out of range. */
  const ofJava = {
    filled(value, what) {
      if (value === null || `${value}` === '') throw illegal(`${what} is empty`)
      return `${value}`
    },
    among(value, allowed, what) {
      const number = integer(value)
      if (!allowed.includes(number)) throw illegal(`${what} is ${number}`)
      return number
    },
    counted(methods) {
      for (const name of Object.keys(counts)) {
        const method = methods[name]
        methods[name] = (...args) => {
          const lacksEcho = name === 'passwordCallback' && typeof args[1] !== 'boolean'
          if (counts[name].includes(args.length) && !lacksEcho) return method(...args)
          throw new Error(
            `Can't find ${name} with ${args.length} arguments: it takes ${counts[name].join(' or ')}`,
          )
        }
      }
      return methods
    },
  }
  const ofBuilder = {
    filled: text,
    among: (value) => (value === undefined || value === null ? 0 : integer(value)),
    counted: (methods) => methods,
  }
  /** How many arguments the constructors of Java's own callbacks take. */
  const counts = {
    nameCallback: [1, 2],
    passwordCallback: [2],
    textInputCallback: [1, 2],
    textOutputCallback: [2],
    choiceCallback: [4],
    confirmationCallback: [3, 4],
  }
  /** Options of a confirmation, by its type: yes and no; yes, no and cancel; OK and cancel. */
  const optionsOfType = [
    [0, 1],
    [0, 1, 2],
    [2, 3],
  ]

  /** A method for each callback type. It passes the callback to `add` and returns the result. */
  function methodsFor(add, { filled, among, counted }) {
    const allFilled = (values, what) => [...(values || [])].map((value) => filled(value, what))
    const messageType = (value) => `${among(integer(value), [0, 1, 2], 'the type of the message')}`

    function choice(prompt, values, defaultIndex) {
      const choices = allFilled(values, 'a choice')
      const chosen = among(defaultIndex, [...choices.keys()], 'the default choice')
      return add(
        'ChoiceCallback',
        { prompt: filled(prompt, 'the prompt'), choices, defaultChoice: chosen },
        { '': chosen },
      )
    }

    function confirmation(...args) {
      const [prompt, type, given, defaultOption] = args.length > 3 ? args : [undefined, ...args]
      const isType = typeof given === 'number' || typeof given === 'string'
      const options = isType ? [] : allFilled(given, 'an option')
      const optionType = isType ? among(given, [0, 1, 2], 'the type of the options') : -1
      const allowed = isType ? optionsOfType[optionType] : [...options.keys()]
      const chosen = among(defaultOption, allowed, 'the default option')
      return add(
        'ConfirmationCallback',
        {
          prompt: args.length > 3 ? filled(prompt, 'the prompt') : '',
          messageType: Number(messageType(type)),
          options,
          optionType,
          defaultOption: chosen,
        },
        { '': chosen },
      )
    }

    /** (name, prompt, value, required [, failed]) or (name, prompt, value, required, policies, validateOnly [, failed]) */
    const attribute =
      (type, convert) =>
      (name, prompt, value, required, ...rest) => {
        const [policies, validateOnly, failed] = rest.length > 1 ? rest : [{}, false, rest[0]]
        const initial = value === undefined || value === null ? null : convert(value)
        return add(
          type,
          {
            name: text(name),
            prompt: text(prompt),
            required: !!required,
            policies: orEmpty(policies),
            failedPolicies: texts(failed),
            validateOnly: !!validateOnly,
            value: initial,
          },
          initial === null ? { validateOnly: !!validateOnly } : { '': initial, validateOnly: !!validateOnly },
        )
      }

    function redirect(url, data, method, ...rest) {
      const [statusParameter, backCookie, tracking] = rest.length > 1 ? rest : [undefined, undefined, rest[0]]
      return add('RedirectCallback', {
        redirectUrl: text(url),
        redirectMethod: text(method),
        trackingCookie: !!tracking,
        redirectData: orEmpty(data),
        redirectStatusParameter: statusParameter,
        redirectBackUrlCookie: backCookie,
      })
    }

    function consentMapping(...args) {
      const [config, message, isRequired] =
        args.length < 7
          ? args
          : [
              { name: args[0], displayName: args[1], icon: args[2], accessLevel: args[3], titles: args[4] },
              args[5],
              args[6],
            ]
      const { name, displayName, icon, accessLevel, titles, fields } = orEmpty(config)
      return add('ConsentMappingCallback', {
        name: text(name),
        displayName: text(displayName),
        icon: text(icon),
        accessLevel: text(accessLevel),
        isRequired: !!isRequired,
        message: text(message),
        fields: texts(titles || fields),
      })
    }

    function http(authorizationHeader, negotiationName, ...rest) {
      const [negotiationValue, errorCode] = rest.length > 1 ? rest : [undefined, rest[0]]
      return add('HttpCallback', { authorizationHeader, negotiationName, negotiationValue, errorCode })
    }

    return counted({
      nameCallback: (prompt, ...name) =>
        add(
          'NameCallback',
          { prompt: filled(prompt, 'the prompt') },
          name.length === 0 ? undefined : { '': filled(name[0], 'the default name') },
        ),
      passwordCallback: (prompt, echoOn) =>
        add('PasswordCallback', { prompt: filled(prompt, 'the prompt'), echoOn: !!echoOn }),
      textInputCallback: (prompt, ...defaultText) =>
        add('TextInputCallback', {
          prompt: filled(prompt, 'the prompt'),
          defaultText: defaultText.length === 0 ? '' : filled(defaultText[0], 'the default text'),
        }),
      hiddenValueCallback: (id, value) => add('HiddenValueCallback', { value: text(value), id: text(id) }),
      textOutputCallback: (type, message) =>
        add('TextOutputCallback', {
          message: filled(message, 'the message'),
          messageType: messageType(type),
        }),
      suspendedTextOutputCallback: (type, message) =>
        add('SuspendedTextOutputCallback', {
          message: filled(message, 'the message'),
          messageType: messageType(type),
        }),
      scriptTextOutputCallback: (message) =>
        add('TextOutputCallback', { message: filled(message, 'the message'), messageType: '4' }),
      metadataCallback: (data) => add('MetadataCallback', { data: orEmpty(data) }),
      choiceCallback: choice,
      radioChoiceCallback: choice,
      confirmationCallback: confirmation,
      languageCallback: (language, country) =>
        add('LanguageCallback', {}, { Language: text(language), Country: text(country) }),
      pollingWaitCallback: (waitTime, message) =>
        add('PollingWaitCallback', { waitTime: text(waitTime), message: text(message) }),
      redirectCallback: redirect,
      stringAttributeInputCallback: attribute('StringAttributeInputCallback', text),
      numberAttributeInputCallback: attribute('NumberAttributeInputCallback', Number),
      booleanAttributeInputCallback: attribute('BooleanAttributeInputCallback', Boolean),
      validatedUsernameCallback: (prompt, policies, validateOnly, failed) =>
        add(
          'ValidatedCreateUsernameCallback',
          {
            policies: orEmpty(policies),
            failedPolicies: texts(failed),
            validateOnly: !!validateOnly,
            prompt: text(prompt),
          },
          { validateOnly: !!validateOnly },
        ),
      validatedPasswordCallback: (prompt, echoOn, policies, validateOnly, failed) =>
        add(
          'ValidatedCreatePasswordCallback',
          {
            echoOn: !!echoOn,
            policies: orEmpty(policies),
            failedPolicies: texts(failed),
            validateOnly: !!validateOnly,
            prompt: text(prompt),
          },
          { validateOnly: !!validateOnly },
        ),
      idPCallback(
        provider,
        clientId,
        redirectUri,
        scopes,
        nonce,
        request,
        requestUri,
        acrValues,
        native,
        token,
        type,
      ) {
        return add(
          'IdPCallback',
          {
            provider: text(provider),
            clientId: text(clientId),
            redirectUri: text(redirectUri),
            scopes: texts(scopes),
            nonce: text(nonce),
            acrValues: texts(acrValues),
            request: text(request),
            requestUri: text(requestUri),
            acceptsJSON: !!native,
          },
          token === undefined ? undefined : { token: text(token), token_type: text(type) },
        )
      },
      kbaCreateCallback: (prompt, questions, allowUserDefined) =>
        add('KbaCreateCallback', {
          prompt: text(prompt),
          predefinedQuestions: texts(questions),
          allowUserDefinedQuestions: !!allowUserDefined,
        }),
      selectIdPCallback: (providers) =>
        add('SelectIdPCallback', { providers: [...(providers || [])], value: '' }),
      termsAndConditionsCallback: (version, terms, createDate) =>
        add('TermsAndConditionsCallback', {
          version: text(version),
          terms: text(terms),
          createDate: text(createDate),
        }),
      deviceProfileCallback: (metadata, location, message) =>
        add('DeviceProfileCallback', { metadata: !!metadata, location: !!location, message: text(message) }),
      consentMappingCallback: consentMapping,
      httpCallback: http,
      x509CertificateCallback: (prompt, certificate, requestSignature) =>
        add('X509CertificateCallback', { prompt: text(prompt), certificate, requestSignature }),
    })
  }

  const builder = methodsFor(guest.addCallback, ofBuilder)
  guest.callbackConstructorsFor = (add) => methodsFor(add, ofJava)
  guest.exposeConstant(kinds.decision, 'callbacksBuilder', builder)
}
