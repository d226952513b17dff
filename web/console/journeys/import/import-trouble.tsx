import { WireError } from '../../../api/request.ts'
import { Trouble } from '../../components/error-notice.tsx'
import { TooLargeError } from './chosen-files.ts'

/** Why files were not read or not imported. */
export function ImportTrouble({ error }: { error: Error }) {
  const isTooLarge = error instanceof TooLargeError || (error instanceof WireError && error.code === 413)
  return isTooLarge ? (
    <p className="too-large" role="alert">
      <strong>This is more than 20 MB.</strong> Import it in parts. Nothing was changed.
    </p>
  ) : (
    <Trouble what="Nothing was changed" error={error} />
  )
}
