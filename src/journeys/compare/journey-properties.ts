import { z } from 'zod'
import type { JsonObject } from '../../base/json.ts'
import type { JourneyDocument } from '../journey-document.ts'
import { type MemberChange, memberChanges } from './member-changes.ts'

/** Titles as in the console. */
const titles: Readonly<Record<string, string>> = {
  description: 'Description',
  enabled: 'Enabled',
  identityResource: 'Identity type',
  innerTreeOnly: 'Inner journey only',
  mustRun: 'Always run',
  noSession: 'No session',
  transactionalOnly: 'Transactional only',
  treeTimeout: 'Journey timeout in minutes',
  maximumSessionTime: 'Maximum session time in minutes',
  maximumIdleTime: 'Maximum idle time in minutes',
  categories: 'Categories',
  notes: 'Notes on the canvas',
}

/** The usual identity type, which journeys may leave out. */
const people = /^managed\/(?:\w+_)?user$/

/** Changed properties of a journey besides its nodes and its layout. */
export function propertyChanges(before: JourneyDocument, after: JourneyDocument): MemberChange[] {
  const describe = {
    titleOf: (name: string) => titles[name] ?? name,
    isSecret: () => false,
    names: new Map<string, string>(),
  }
  return memberChanges(propertiesOf(before, after), propertiesOf(after, before), describe)
}

function propertiesOf(journey: JourneyDocument, other: JourneyDocument): JsonObject {
  const usual = other.identityResource !== undefined && people.test(other.identityResource)
  const { identityResource = usual ? other.identityResource : null } = journey
  return {
    description: journey.description || null,
    enabled: journey.enabled,
    identityResource: identityResource ?? null,
    innerTreeOnly: journey.innerTreeOnly,
    mustRun: journey.mustRun,
    noSession: journey.noSession,
    transactionalOnly: journey.transactionalOnly,
    treeTimeout: journey.treeTimeout ?? null,
    maximumSessionTime: journey.maximumSessionTime ?? null,
    maximumIdleTime: journey.maximumIdleTime ?? null,
    categories: journey.uiConfig.categories || '[]',
    notes: noteTexts(journey),
  }
}

const notesSchema = z.record(z.string(), z.unknown())
const noteSchema = z.object({ text: z.string() })

/** The texts of the notes that authors put on the canvas. Their places are layout. */
function noteTexts({ uiConfig: { sidegateNotes } }: JourneyDocument): string[] {
  if (sidegateNotes === undefined) return []
  try {
    const { data = {} } = notesSchema.safeParse(JSON.parse(sidegateNotes))
    return Object.values(data).flatMap((note) => noteSchema.safeParse(note).data?.text ?? [])
  } catch {
    return []
  }
}
