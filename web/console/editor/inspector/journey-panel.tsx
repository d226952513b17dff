import { NumberInput, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { IconBinaryTree } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Json } from '../../../api/json.ts'
import { listJourneyCategories } from '../../../api/references.ts'
import { dateAndShortTime } from '../../../check-model/times.ts'
import { useDraft, useEditor, useEditorStore } from '../editor-context.tsx'
import { categoriesOf, changeCategories, changeJourney } from '../model/change-settings.ts'
import { journeyFlags } from '../model/journey-flags.ts'
import { shownFindings } from '../store/editor-state.ts'
import { FindingNotice } from './finding-notice.tsx'
import { PanelTitle } from './panel-title.tsx'
import { EntrySelect } from './target-select.tsx'

/** The settings of the journey itself. */
export function JourneyPanel() {
  const name = useEditor(({ name }) => name)
  const isReadOnly = useEditor(({ isReadOnly }) => isReadOnly)
  return (
    <>
      <PanelTitle icon={IconBinaryTree} title="Journey">
        <LastSaved />
      </PanelTitle>
      <fieldset className="body form" disabled={isReadOnly}>
        <JourneyFindings />
        <TextInput
          label="Name"
          variant="unstyled"
          value={name}
          readOnly
          description="To rename, duplicate the journey."
        />
        <Description />
        <Categories />
        <EntrySetting />
        <Flags />
        <Limits />
      </fieldset>
    </>
  )
}

function useJourneySetting(name: string) {
  const store = useEditorStore()
  const value = useEditor(({ history }) => history.present.tree[name])
  return {
    value,
    set: (next: Json | undefined) =>
      store.getState().change({
        label: 'Change journey settings',
        gesture: `journey ${name}`,
        apply: (draft) => changeJourney(draft, name, next),
      }),
    done: () => store.getState().endGesture(),
  }
}

function Description() {
  const { value, set, done } = useJourneySetting('description')
  return (
    <Textarea
      label="Description"
      dir="auto"
      autosize
      minRows={2}
      maxRows={8}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => set(currentTarget.value === '' ? undefined : currentTarget.value)}
      onBlur={done}
    />
  )
}

function Categories() {
  const store = useEditorStore()
  const draft = useDraft()
  const realm = useEditor(({ realm }) => realm)
  const { data = [] } = useQuery({
    queryKey: ['journey-categories', realm],
    queryFn: () => listJourneyCategories(realm),
  })
  return (
    <TagsInput
      label="Categories"
      description="Lists show journeys by category."
      data={data}
      splitChars={[]}
      acceptValueOnBlur
      value={categoriesOf(draft)}
      onChange={(categories) =>
        store
          .getState()
          .change({ label: 'Change categories', apply: (draft) => changeCategories(draft, categories) })
      }
    />
  )
}

function EntrySetting() {
  return (
    <div className="stack gap-1">
      <span className="label text-note medium" id="begins">
        Starts with
      </span>
      <EntrySelect />
    </div>
  )
}

function Flags() {
  return journeyFlags.map((flag) => <Flag key={flag.name} {...flag} />)
}

function Flag({ name, title, about, preset }: (typeof journeyFlags)[number]) {
  const { value, set, done } = useJourneySetting(name)
  return (
    <Switch
      className="switch-field"
      labelPosition="left"
      label={title}
      description={about}
      checked={typeof value === 'boolean' ? value : preset}
      onChange={({ currentTarget }) => set(currentTarget.checked)}
      onBlur={done}
    />
  )
}

const limits = [
  { name: 'treeTimeout', title: 'Journey timeout, in minutes' },
  { name: 'maximumSessionTime', title: 'Maximum session time, in minutes' },
  { name: 'maximumIdleTime', title: 'Maximum idle time, in minutes' },
] as const

function Limits() {
  const { value, set, done } = useJourneySetting('identityResource')
  return (
    <>
      <TextInput
        label="Identity type"
        description="For example managed/alpha_user."
        value={typeof value === 'string' ? value : ''}
        onChange={({ currentTarget }) => set(currentTarget.value === '' ? undefined : currentTarget.value)}
        onBlur={done}
      />
      {limits.map((limit) => (
        <Limit key={limit.name} {...limit} />
      ))}
    </>
  )
}

function Limit({ name, title }: (typeof limits)[number]) {
  const { value, set, done } = useJourneySetting(name)
  return (
    <NumberInput
      label={title}
      placeholder="Realm default"
      min={1}
      allowDecimal={false}
      clampBehavior="none"
      value={typeof value === 'number' ? value : ''}
      onChange={(number) => set(typeof number === 'number' ? number : undefined)}
      onBlur={done}
    />
  )
}

/** Findings that are not about one node. */
function JourneyFindings() {
  return useEditor(shownFindings)
    .filter(({ nodeId }) => nodeId === undefined)
    .map((finding) => <FindingNotice key={`${finding.rule} ${finding.message}`} finding={finding} />)
}

function LastSaved() {
  const { savedAt, savedBy, revision, published } = useEditor(({ saved }) => saved)
  if (savedAt === null) return 'Not saved yet'
  return (
    <>
      {revision === undefined ? `Version ${published?.saves ?? 0}` : 'Draft'}, {dateAndShortTime(savedAt)}
      {savedBy !== null && (
        <>
          {' by '}
          <bdi>{savedBy}</bdi>
        </>
      )}
    </>
  )
}
