import { bestMatch } from '../../base/locale.ts'

/** Texts of our own nodes for callers, in one language. */
export type CallersWords = {
  header: string
  /** Continue, "this is not me", "somebody called me". */
  options: readonly string[]
  vouchHeader(person: string): string
  /** Vouch, or don't. */
  vouchOptions: readonly string[]
  asks(agent: string, organisation: string): string
  onlyIfCalled: string
  asksToVouch(agent: string, organisation: string, person: string): string
  action(text: string): string
  /** What the caller asks for, as the person who is asked to vouch reads it. */
  callersAction(text: string): string
  reason(text: string): string
  ticket(text: string): string
  secondAgent(name: string): string
  readOut(reverseCode: string): string
  codeHeader: string
  codeDescription: string
  codePrompt: string
  /** @param triesLeft 1 or more. */
  wrongCode(triesLeft: number): string
}

const en: CallersWords = {
  header: 'Are you on the phone with us?',
  options: ['Continue', 'This is not me', 'Somebody called me'],
  vouchHeader: (person) => `Do you know that ${person} is calling us?`,
  vouchOptions: ['Yes, I know', 'No, I don’t vouch'],
  asks: (agent, organisation) => `${agent} of ${organisation} asks you to prove who you are.`,
  onlyIfCalled:
    'Continue only if you called the help desk. If somebody called you, choose “Somebody called me” and hang up.',
  asksToVouch: (agent, organisation, person) =>
    `${person} says that you are their manager. ${agent} of ${organisation} asks you to vouch for them.`,
  action: (text) => `You’re asking for: ${text}.`,
  callersAction: (text) => `They’re asking for: ${text}.`,
  reason: (text) => `Reason: ${text}`,
  ticket: (text) => `Ticket: ${text}`,
  secondAgent: (name) => `Second agent: ${name}`,
  readOut: (reverseCode) =>
    `Ask the agent to read out this code: ${reverseCode}. If they can’t, hang up: they don’t work for us. Call the help desk on the number that you know.`,
  codeHeader: 'Type the code',
  codeDescription: 'The agent on the phone reads it to you. It has six digits.',
  codePrompt: 'Code that the agent reads to you',
  wrongCode: (triesLeft) =>
    `That is not the code. Ask the agent to read it again. ${triesLeft === 1 ? 'One try is' : `${triesLeft} tries are`} left.`,
}

const de: CallersWords = {
  header: 'Telefonieren Sie gerade mit uns?',
  options: ['Weiter', 'Das bin ich nicht', 'Jemand hat mich angerufen'],
  vouchHeader: (person) => `Wissen Sie, dass ${person} uns gerade anruft?`,
  vouchOptions: ['Ja, das weiß ich', 'Nein, ich bürge nicht'],
  asks: (agent, organisation) => `${agent} von ${organisation} möchte sichergehen, dass Sie es sind.`,
  onlyIfCalled:
    'Fahren Sie nur fort, wenn Sie den Helpdesk angerufen haben. Wenn Sie angerufen wurden, wählen Sie „Jemand hat mich angerufen“ und legen Sie auf.',
  asksToVouch: (agent, organisation, person) =>
    `${person} gibt an, dass Sie die zuständige Führungskraft sind. ${agent} von ${organisation} bittet Sie, für ${person} zu bürgen.`,
  action: (text) => `Ihr Anliegen: ${text}.`,
  callersAction: (text) => `Anliegen der Person: ${text}.`,
  reason: (text) => `Grund: ${text}`,
  ticket: (text) => `Ticket: ${text}`,
  secondAgent: (name) => `Zweite Person vom Helpdesk: ${name}`,
  readOut: (reverseCode) =>
    `Lassen Sie sich am Telefon diesen Code vorlesen: ${reverseCode}. Wenn die Person das nicht kann, legen Sie auf: Diese Person arbeitet nicht für uns. Rufen Sie den Helpdesk unter einer Nummer an, die Sie kennen.`,
  codeHeader: 'Geben Sie den Code ein',
  codeDescription: 'Die Person am Telefon liest ihn Ihnen vor. Er hat sechs Ziffern.',
  codePrompt: 'Code, der Ihnen vorgelesen wird',
  wrongCode: (triesLeft) =>
    `Das ist nicht der Code. Lassen Sie ihn sich noch einmal vorlesen. Sie haben noch ${triesLeft === 1 ? 'einen Versuch' : `${triesLeft} Versuche`}.`,
}

const fr: CallersWords = {
  header: 'Êtes-vous au téléphone avec nous ?',
  options: ['Continuer', 'Ce n’est pas moi', 'Quelqu’un m’a appelé'],
  vouchHeader: (person) => `Savez-vous que ${person} nous appelle ?`,
  vouchOptions: ['Oui, je le sais', 'Non, je ne me porte pas garant'],
  asks: (agent, organisation) => `${agent}, ${organisation}, veut s’assurer que c’est bien vous.`,
  onlyIfCalled:
    'Continuez uniquement si vous avez appelé le service d’assistance. Si on vous a appelé, choisissez « Quelqu’un m’a appelé » et raccrochez.',
  asksToVouch: (agent, organisation, person) =>
    `${person} indique que vous êtes son responsable. ${agent}, ${organisation}, vous demande de vous porter garant pour cette personne.`,
  action: (text) => `Votre demande : ${text}.`,
  callersAction: (text) => `Sa demande : ${text}.`,
  reason: (text) => `Motif : ${text}`,
  ticket: (text) => `Ticket : ${text}`,
  secondAgent: (name) => `Second agent : ${name}`,
  readOut: (reverseCode) =>
    `Demandez à l’agent de vous lire ce code : ${reverseCode}. S’il ne peut pas, raccrochez : il ne travaille pas pour nous. Appelez le service d’assistance à un numéro que vous connaissez.`,
  codeHeader: 'Saisissez le code',
  codeDescription: 'L’agent au téléphone vous le lit. Il comporte six chiffres.',
  codePrompt: 'Code que l’agent vous lit',
  wrongCode: (triesLeft) =>
    `Ce n’est pas le code. Demandez à l’agent de le relire. Il vous reste ${triesLeft === 1 ? 'un essai' : `${triesLeft} essais`}.`,
}

const es: CallersWords = {
  header: '¿Está hablando por teléfono con nosotros?',
  options: ['Continuar', 'No soy yo', 'Alguien me ha llamado'],
  vouchHeader: (person) => `¿Sabe que ${person} nos está llamando?`,
  vouchOptions: ['Sí, lo sé', 'No, no respondo por esa persona'],
  asks: (agent, organisation) => `${agent}, de ${organisation}, quiere asegurarse de que es usted.`,
  onlyIfCalled:
    'Continúe solo si ha llamado al servicio de ayuda. Si le han llamado, elija «Alguien me ha llamado» y cuelgue.',
  asksToVouch: (agent, organisation, person) =>
    `${person} dice que usted es su responsable. ${agent}, de ${organisation}, le pide que responda por esa persona.`,
  action: (text) => `Su petición: ${text}.`,
  callersAction: (text) => `Lo que solicita: ${text}.`,
  reason: (text) => `Motivo: ${text}`,
  ticket: (text) => `Incidencia: ${text}`,
  secondAgent: (name) => `Segundo agente: ${name}`,
  readOut: (reverseCode) =>
    `Pida al agente que le lea este código: ${reverseCode}. Si no puede, cuelgue: no trabaja para nosotros. Llame al servicio de ayuda a un número que conozca.`,
  codeHeader: 'Escriba el código',
  codeDescription: 'El agente se lo lee por teléfono. Tiene seis cifras.',
  codePrompt: 'Código que le lee el agente',
  wrongCode: (triesLeft) =>
    `Ese no es el código. Pida al agente que se lo lea otra vez. Le ${triesLeft === 1 ? 'queda un intento' : `quedan ${triesLeft} intentos`}.`,
}

const ar: CallersWords = {
  header: 'هل أنت من يتحدث معنا على الهاتف؟',
  options: ['متابعة', 'لست أنا', 'شخص ما اتصل بي'],
  vouchHeader: (person) => `هل تعلم أن ${person} يتصل بنا؟`,
  vouchOptions: ['نعم، أعلم', 'لا، لا أضمنه'],
  asks: (agent, organisation) => `يريد ${agent} من ${organisation} التأكد من أنك المتصل.`,
  onlyIfCalled: 'تابع فقط إذا اتصلت بمكتب المساعدة. إذا اتصل بك أحد، فاختر «شخص ما اتصل بي» وأنهِ المكالمة.',
  asksToVouch: (agent, organisation, person) =>
    `يقول ${person} إنك مديره. يطلب منك ${agent} من ${organisation} أن تضمن ${person}.`,
  action: (text) => `طلبك: ${text}.`,
  callersAction: (text) => `طلبه: ${text}.`,
  reason: (text) => `السبب: ${text}`,
  ticket: (text) => `التذكرة: ${text}`,
  secondAgent: (name) => `الموظف الثاني: ${name}`,
  readOut: (reverseCode) =>
    `اطلب من الموظف أن يقرأ لك هذا الرمز: ${reverseCode}. إن لم يستطع، فأنهِ المكالمة: إنه لا يعمل لدينا. اتصل بمكتب المساعدة على رقم تعرفه.`,
  codeHeader: 'أدخل الرمز',
  codeDescription: 'يقرؤه لك الموظف على الهاتف. وهو مكون من ستة أرقام.',
  codePrompt: 'الرمز الذي يقرؤه لك الموظف',
  wrongCode: (triesLeft) =>
    `هذا ليس الرمز. اطلب من الموظف أن يقرأه مرة أخرى. ${triesLeft === 1 ? 'بقيت لك محاولة واحدة' : triesLeft === 2 ? 'بقيت لك محاولتان' : `المحاولات المتبقية: ${triesLeft}`}.`,
}

export const callersWords: Readonly<Record<string, CallersWords>> = { en, de, fr, es, ar }

/** Unlike the vendor's nodes, ours translate their texts themselves. English if no locale has texts. */
export function callersWordsFor(locales: readonly string[]): CallersWords {
  return bestMatch(callersWords, locales) ?? en
}
