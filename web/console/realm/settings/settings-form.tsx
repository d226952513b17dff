import type { NestedProps } from '../../form/nested-kind.ts'
import { GroupFields, NestedField } from '../../form/settings-form.tsx'
import { type Group, groupsOf } from './groups.ts'
import './settings-form.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useEffect, useMemo } from 'react'
import { isJsonObject, type JsonObject } from '../../../api/json.ts'
import { readSettings, type StoredSettings, saveSettings } from '../../../api/realm-settings.ts'
import type { Setting } from '../../../api/setting.ts'
import { realmName } from '../../components/realm-name.ts'
import { FormContext } from '../../form/form-context.tsx'
import { problemsOf } from '../../form/problems.ts'
import { serverProblems } from '../../form/server-problems.ts'
import { DraftHistory } from '../../history/draft-history.tsx'
import type { Path } from '../../saving/changes.ts'
import { DraftSheets } from '../../saving/draft-sheets.tsx'
import { SaveBar } from '../../saving/save-bar.tsx'
import { type Draft, useDraft } from '../../saving/use-draft.ts'
import { MessagingTest } from './messaging-test.tsx'
import './unmet-policies.css'
import { useLocation } from '@tanstack/react-router'
import { listUnmetPolicies } from '../../../api/help-desk.ts'
import { plainText } from '../../../check-model/plain-text.ts'

type Props = { realm: string; schema: Setting; stored: StoredSettings }

const history = { kind: 'realmSettings', id: 'settings' } as const

export function SettingsForm({ realm, schema, stored }: Props) {
  const draft = useSettingsDraft(realm, stored)
  // A realm has thousands of elements here: the first section comes without waiting for the fields of the others.
  const isComplete = useDeferredValue(true, false)
  useNamedSetting(isComplete)
  const { document, set } = draft
  const groups = groupsIn(schema)
  const clientProblems = useMemo(() => problemsOf(schema, document), [schema, document])
  const rejected = serverProblems(draft.saveState.kind === 'refused' ? draft.saveState.error : null)
  const problems = useMemo(() => new Map([...rejected, ...clientProblems]), [rejected, clientProblems])
  const formContext = useFormContext(realm)
  return (
    <FormContext value={formContext}>
      <div className="settings stack align-start">
        <SectionLinks groups={groups} />
        <div className="groups">
          <DraftHistory realm={realm} thing={history} name="settings" draft={draft} />
          {groups.map((group, at) => (
            <SettingsSection
              key={group.id}
              group={isComplete || at === 0 ? group : { ...group, members: [] }}
              schema={schema}
              document={document}
              problems={problems}
              onChange={set}
              extra={isComplete && <SectionExtra realm={realm} group={group.id} draft={draft} />}
            />
          ))}
          <SaveBar
            draft={draft}
            hasNote
            blocker={fixText(schema, clientProblems)}
            serverError={fixText(schema, rejected)}
          />
        </div>
        <DraftSheets
          draft={draft}
          realm={realm}
          changed={history}
          titleOf={(path: Path) => settingTitle(schema, path)}
          name={`Settings of ${realmName(realm)}`}
        />
      </div>
    </FormContext>
  )
}

function SectionLinks({ groups }: { groups: readonly Group[] }) {
  return (
    <nav className="stack gap-2px" aria-label="Setting groups">
      {groups.map(({ id, title }) => (
        <a className="note" key={id} href={`#${id}`}>
          {title}
        </a>
      ))}
    </nav>
  )
}

/** An emptied number leaves the document, so the schema says which settings there are. */
function groupsIn({ properties = {} }: Setting): readonly Group[] {
  return groupsOf(Object.keys(properties))
}

function useFormContext(realm: string) {
  return useMemo(() => ({ realm, stateKeys: [], nodeTypes: [] }), [realm])
}

function useSettingsDraft(realm: string, stored: StoredSettings): Draft {
  const queries = useQueryClient()
  return useDraft(stored, {
    read: () => readSettings(realm),
    async save(document, base, note) {
      const changed = changedMembers(base.document, document)
      const saved = await saveSettings(realm, changed, base.revision, note)
      await queries.invalidateQueries({ queryKey: ['realm-settings', realm], refetchType: 'none' })
      return saved
    },
  })
}

/** Only changed members are sent, so that changes by others to the rest are kept. */
function changedMembers(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value))
}

/** Names the fields with problems; undefined without one. */
function fixText(schema: Setting, problems: ReadonlyMap<string, string>): string | undefined {
  if (problems.size === 0) return undefined
  const titles = [...problems.keys()].map((key) => settingTitle(schema, key.split('.').filter(isName)))
  return `Fix these fields: ${titles.map((title) => `“${title}”`).join(', ')}.`
}

/** Indexes of list items have no title. */
function isName(part: string): boolean {
  return !/^\d+$/.test(part)
}

/** What belongs to a group besides its fields. */
function SectionExtra({ realm, group, draft }: { realm: string; group: string; draft: Draft }) {
  const { base, changes } = draft
  if (group === 'help-desk') return <UnmetPolicies realm={realm} revision={base.revision} />
  if (group !== 'messaging') return null
  const saved = base.document.messaging
  const hasChanges = changes.some(({ path }) => path[0] === 'messaging')
  return <MessagingTest realm={realm} saved={isJsonObject(saved) ? saved : {}} hasChanges={hasChanges} />
}

type SectionProps = Pick<NestedProps, 'problems' | 'onChange'> & {
  /** Shown after the fields. */
  extra: ReactNode
  group: Group
  schema: Setting
  document: JsonObject
}

/** One group of settings. A setting that is a group itself shows its members directly. */
function SettingsSection({ group, schema, document, problems, onChange, extra }: SectionProps) {
  const { id, title, description, members } = group
  return (
    <section className="panel stack gap-4" id={id} aria-labelledby={`${id}-title`}>
      <h2 className="text-read strong" id={`${id}-title`} tabIndex={-1}>
        {title}
      </h2>
      {description !== '' && <p className="about note">{description}</p>}
      {members.map((name) => {
        const setting = schema.properties?.[name]
        if (setting === undefined) return null
        const Field = setting.properties === undefined ? NestedField : GroupFields
        return (
          <Field
            key={name}
            path={[name]}
            setting={setting}
            value={document[name]}
            problems={problems}
            onChange={onChange}
          />
        )
      })}
      {extra}
    </section>
  )
}

/** Title of a setting, after the titles of its groups. */
function settingTitle(schema: Setting, path: Path): string {
  const titles: string[] = []
  let at: Setting | undefined = schema
  for (const name of path) {
    const inner: Setting | undefined = propertiesOf(at)?.[name]
    titles.push(inner?.title || name)
    at = inner
  }
  return titles.join(', ')
}

function propertiesOf(setting: Setting | undefined): Setting['properties'] {
  const { properties, items, anyOf } = setting ?? {}
  const groups = anyOf?.flatMap((each) => [each, ...(each.oneOf ?? [])])
  return properties ?? items?.properties ?? groups?.find((each) => each.properties !== undefined)?.properties
}

/** Warns of saved policies and actions that no check of the realm satisfies, so that agents can't finish their actions. */
function UnmetPolicies({ realm, revision }: { realm: string; revision: string }) {
  const unmet = useQuery({
    queryKey: ['unmet-policies', realm, revision],
    queryFn: ({ signal }) => listUnmetPolicies(realm, signal),
  })
  if (unmet.data === undefined) return null
  const { result, actions } = unmet.data
  if (result.length + actions.length === 0) return null
  return (
    <section
      className="unmet-policies panel stack gap-2 text-note"
      aria-label="Needs that no check satisfies"
    >
      <h3 className="text-note strong">Needs that no check satisfies</h3>
      <ul className="stack gap-2">
        {actions.map((action) => (
          <li key={`action ${action}`}>
            <strong>
              <bdi>{plainText(action)}</bdi>
            </strong>
            : No check is enough for this action. Add one that asks for two factors or a second agent.
          </li>
        ))}
        {result.map(({ policy, message }) => (
          <li key={policy}>
            <strong>
              <bdi>{plainText(policy)}</bdi>
            </strong>
            : {message}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Brings the group or setting that the URL's hash names into view, and focuses it. */
function useNamedSetting(isComplete: boolean): void {
  const location = useLocation()
  useEffect(() => {
    const target = location.hash === '' || !isComplete ? undefined : elementOf(location.hash)
    if (target === undefined) return
    // A dialog that closes first gives the focus back to where it was.
    const timer = setTimeout(() => {
      target.scrollIntoView({ block: target.matches('section') ? 'start' : 'center' })
      focusOf(target).focus({ preventScroll: true })
    })
    return () => clearTimeout(timer)
  }, [location, isComplete])
}

/** The element of a group, or of a setting or the nearest group around it: parts that are off aren't shown. */
function elementOf(id: string): HTMLElement | undefined {
  const group = document.querySelector<HTMLElement>(`.settings section[id=${CSS.escape(id)}]`)
  if (group !== null) return group
  const path = id.split('.')
  for (let length = path.length; length > 0; length -= 1) {
    const place = CSS.escape(path.slice(0, length).join('.'))
    const found = document.querySelector<HTMLElement>(`.settings [data-setting=${place}]`)
    if (found !== null) return found
  }
  return undefined
}

function focusOf(element: HTMLElement): HTMLElement {
  const isSection = element.matches('section')
  return element.querySelector<HTMLElement>(isSection ? 'h2' : 'input, textarea, select, button') ?? element
}
