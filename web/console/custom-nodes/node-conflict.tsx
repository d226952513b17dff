import { parseCustomNode } from '../../api/custom-nodes.ts'
import { isSameJson } from '../../api/json.ts'
import { changesBetween, type Path } from '../saving/changes.ts'
import { ConflictSheet } from '../saving/conflict-sheet.tsx'
import { type BasedDraft, documentOf, draftOf } from './draft.ts'
import type { EditedDraft } from './use-draft.ts'

const titles: Readonly<Record<string, string>> = {
  displayName: 'Name',
  description: 'Description',
  tags: 'Tags',
  outcomes: 'Outcomes',
  errorOutcome: 'Error outcome',
  inputs: 'State keys that the script reads',
  outputs: 'State keys that the script writes',
  script: 'Script',
  title: 'Label',
  type: 'Type',
  required: 'Required',
  multivalued: 'Multi-valued',
  defaultValue: 'Default value',
  options: 'Options',
}

type Props = {
  realm: string
  hand: EditedDraft
  theirs: BasedDraft
  onSave(merged: BasedDraft): void
  onClose(): void
}

/** Asks which changes to keep, because another person changed the node type first. */
export function NodeConflict({ realm, hand, theirs, onSave, onClose }: Props) {
  const { base, draft } = hand
  const document = documentOf(draft)
  const resolve = async (_theirs: unknown, merged: typeof document) => {
    onClose()
    if (isSameJson(merged, theirs.base.document)) {
      hand.startOver(theirs)
      return true
    }
    const based = { draft: draftOf(parseCustomNode({ ...merged, _id: draft.id })), base: theirs.base }
    hand.replace(based)
    onSave(based)
    return true
  }
  return (
    <ConflictSheet
      draft={{
        base,
        document,
        changes: changesBetween(base.document, document),
        resolve,
        dismiss: onClose,
      }}
      theirs={theirs.base}
      realm={realm}
      changed={{ kind: 'customNodeType', id: draft.serviceName }}
      titleOf={titleOf}
    />
  )
}

function titleOf([member = '', property, ...inner]: Path): string {
  if (member !== 'properties' || property === undefined) return titles[member] ?? member
  return [`Property ${property}`, ...inner.slice(0, 1).map((name) => titles[name] ?? name)].join(', ')
}
