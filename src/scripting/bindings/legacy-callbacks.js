// Legacy scripts read callbacks as a list of objects with Java getters, and make them with constructors.
;(guest) => {
  const { list, javaValue, hidden } = guest

  const read = {
    NameCallback: (value) => ({ getName: () => value }),
    PasswordCallback: (value) => ({ getPassword: () => value }),
    ChoiceCallback: (value) => ({ getSelectedIndexes: () => list([].concat(value)) }),
    ConfirmationCallback: (value) => ({ getSelectedIndex: () => value }),
    TextInputCallback: (value) => ({ getText: () => value }),
    HiddenValueCallback: (value, output) => ({ getValue: () => value, getId: () => output.id }),
  }

  function answered({ type, output, input }) {
    const value = input['']
    const methods = Object.hasOwn(read, type) ? read[type](value, output) : {}
    return hidden({}, { getValue: () => javaValue(value), getPrompt: () => output.prompt, ...methods })
  }

  /** A callback that a script made; `Action.send` takes only these. */
  class LegacyCallback {
    constructor(type, output, input) {
      this.type = type
      this.output = output
      this.input = input
    }
  }

  /** A class whose constructor arguments become output and input. */
  const shaped = (type, shape) =>
    class extends LegacyCallback {
      constructor(...args) {
        super(type, ...shape(...args))
      }
    }

  const texts = (values) => [...values].map((value) => `${value}`)
  const index = (value) => Number(value || 0)

  function confirmation(...args) {
    const [prompt, type, options, chosen] = args.length > 3 ? args : ['', ...args]
    const isType = typeof options === 'number'
    const output = {
      prompt: `${prompt}`,
      messageType: Number(type),
      options: isType ? [] : texts(options),
      optionType: isType ? options : -1,
      defaultOption: index(chosen),
    }
    return [output, { '': index(chosen) }]
  }

  guest.LegacyCallback = LegacyCallback
  guest.legacyCallbackClasses = {
    NameCallback: shaped('NameCallback', (prompt, name) => [
      { prompt: `${prompt}` },
      name === undefined ? undefined : { '': `${name}` },
    ]),
    PasswordCallback: shaped('PasswordCallback', (prompt) => [{ prompt: `${prompt}` }]),
    TextInputCallback: shaped('TextInputCallback', (prompt, text) => [
      { prompt: `${prompt}`, defaultText: `${text || ''}` },
    ]),
    TextOutputCallback: shaped('TextOutputCallback', (type, message) => [
      { message: `${message}`, messageType: `${Number(type)}` },
    ]),
    ScriptTextOutputCallback: shaped('TextOutputCallback', (message) => [
      { message: `${message}`, messageType: '4' },
    ]),
    HiddenValueCallback: shaped('HiddenValueCallback', (id, value) => [
      { value: `${value || ''}`, id: `${id}` },
    ]),
    MetadataCallback: shaped('MetadataCallback', (data) => [{ data }]),
    PollingWaitCallback: shaped('PollingWaitCallback', (waitTime, message) => [
      { waitTime: `${waitTime}`, message: `${message}` },
    ]),
    ChoiceCallback: shaped('ChoiceCallback', (prompt, choices, chosen) => [
      { prompt: `${prompt}`, choices: texts(choices), defaultChoice: index(chosen) },
      { '': index(chosen) },
    ]),
    ConfirmationCallback: shaped('ConfirmationCallback', confirmation),
  }
  const { TextOutputCallback, ConfirmationCallback } = guest.legacyCallbackClasses
  Object.assign(TextOutputCallback, { INFORMATION: 0, WARNING: 1, ERROR: 2 })
  Object.assign(ConfirmationCallback, {
    INFORMATION: 0,
    WARNING: 1,
    ERROR: 2,
    UNSPECIFIED_OPTION: -1,
    YES_NO_OPTION: 0,
    YES_NO_CANCEL_OPTION: 1,
    OK_CANCEL_OPTION: 2,
    YES: 0,
    NO: 1,
    CANCEL: 2,
    OK: 3,
  })

  guest.expose(['legacyDecision'], 'callbacks', (input) => list(input.callbacks.map(answered)))
}
