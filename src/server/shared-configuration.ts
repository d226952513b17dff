import { withGlobalTemplates } from '../outbox/global-templates.ts'
import type { DocumentStore } from '../realms/document-store.ts'
import { withBuiltInScripts } from '../scripts/built-in/built-in-scripts.ts'
import type { ScriptStore } from '../scripts/script-store.ts'

/** Adds the default configuration of every realm: global templates and built-in scripts. */
export function withSharedConfiguration<All extends { documents: DocumentStore; scripts: ScriptStore }>(
  stores: All,
): All {
  return {
    ...stores,
    documents: withGlobalTemplates(stores.documents),
    scripts: withBuiltInScripts(stores.scripts),
  }
}
