import type { JourneyPicture } from '../../../api/journeys.ts'
import { familyClass } from '../../editor/model/node-type-catalogue.ts'
import { thumbnailLayout, thumbnailSize } from './thumbnail-layout.ts'

const { width, height } = thumbnailSize

/** A small picture of a journey. Decorative. */
export function Thumbnail({ picture }: { picture: JourneyPicture }) {
  const { boxes, path } = thumbnailLayout(picture)
  return (
    <svg
      className="thumbnail"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      aria-hidden="true"
    >
      <path d={path} />
      {boxes.map(({ id, family, ...box }) => (
        <rect key={id} {...box} rx={Math.min(2.5, box.height / 3)} className={familyClass(family)} />
      ))}
    </svg>
  )
}
