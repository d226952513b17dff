import { parseCustomNode } from '../../api/custom-nodes.ts'
import { isSameJson, type JsonObject } from '../../api/json.ts'
import { changesBetween, type Path } from '../saving/changes.ts'
import { ConflictSheet } from '../saving/conflict-sheet.tsx'
import { type BasedDraft, documentOf, draftOf } from './draft.ts'
import { inMergedOrder, withCommonOrder } from './property-order.ts'
import type { EditedDraft } from './use-draft.ts'

const titles: Readonly<Record<string, string>> = {
  displayName: 'Name',
  description: 'Description',
  tags: 'Tags',
  order: 'Order of properties',
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
  const versions = withCommonOrder({
    base: base.document,
    mine: documentOf(draft),
    theirs: theirs.base.document,
  })
  const resolve = async (_theirs: unknown, merged: JsonObject) => {
    onClose()
    if (isSameJson(merged, versions.theirs)) {
      hand.startOver(theirs)
      return true
    }
    const node = parseCustomNode({ ...inMergedOrder(merged, versions), _id: draft.id })
    const based = { draft: draftOf(node), base: theirs.base }
    hand.replace(based.draft, theirs)
    onSave(based)
    return true
  }
  return (
    <ConflictSheet
      draft={{
        base: { ...base, document: versions.base },
        document: versions.mine,
        changes: changesBetween(versions.base, versions.mine),
        resolve,
        dismiss: onClose,
      }}
      theirs={{ ...theirs.base, document: versions.theirs }}
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
