import type { NodeSettings } from '../../../api/journey-document.ts'
import { isJsonObject, type Json } from '../../../api/json.ts'

/** Looks up names by the ids that settings contain. */
export type ReferenceNames = { script(id: string): string | undefined }

type Summary = (settings: NodeSettings, names: ReferenceNames) => string

const text =
  (name: string, before = ''): Summary =>
  (settings) => {
    const value = settings[name]
    return typeof value === 'string' && value !== '' ? before + value : ''
  }

const list =
  (name: string): Summary =>
  (settings) => {
    const value = settings[name]
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string').join(', ') : ''
  }

const count =
  (name: string, unit: string): Summary =>
  (settings) => {
    const value = settings[name]
    return typeof value === 'number' || (typeof value === 'string' && value !== '') ? `${value} ${unit}` : ''
  }

const script: Summary = (settings, names) => {
  const { script: id } = settings
  return typeof id === 'string' ? (names.script(id) ?? '') : ''
}

/** The settings that distinguish two nodes of a type. */
const summaries: Readonly<Record<string, Summary>> = {
  AttributeCollectorNode: list('attributesToCollect'),
  AttributePresentDecisionNode: text('presentAttribute'),
  AttributeValueDecisionNode: text('comparisonAttribute'),
  BackChannelInitNode: text('tree'),
  BackChannelStatusNode: text('transactionDataKey', 'to '),
  BackchannelNotificationNode: text('dataKey', 'from '),
  ChoiceCollectorNode: list('choices'),
  ConfigProviderNode: script,
  EmailSuspendNode: text('emailTemplateName'),
  EmailTemplateNode: text('emailTemplateName'),
  IdentifyExistingUserNode: text('identityAttribute', 'by '),
  InnerTreeEvaluatorNode: text('tree'),
  MessageNode: (settings) => firstText(settings.message),
  PatchObjectNode: text('identityResource'),
  PollingWaitNode: count('secondsToWait', 's'),
  RetryLimitDecisionNode: count('retryLimit', 'tries'),
  ScriptedDecisionNode: script,
  SetSuccessUrlNode: text('successUrl'),
}

/** A short summary of a node's settings, or an empty text. */
export function summaryOf(type: string, settings: NodeSettings | undefined, names: ReferenceNames): string {
  const summary = Object.hasOwn(summaries, type) ? summaries[type] : undefined
  return settings === undefined || summary === undefined ? '' : summary(settings, names)
}

function firstText(value: Json | undefined): string {
  if (!isJsonObject(value)) return ''
  const texts = value.en === undefined ? Object.values(value) : [value.en]
  const [first] = texts
  return typeof first === 'string' ? first : ''
}
