import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { manifestShape } from './course-shape'
import { files, folders, readText, SeedContentError } from './read'

/** A file that lessons show: a picture, a clip, its captions or its poster. */
export interface SeedAsset {
  /** `<folder>/<file>`, as lessons name it. */
  name: string
  /** Where it lies on disk. */
  path: string
  /** Pixels; null for a file that is no picture of the manifest (captions). */
  size: { width: number; height: number } | null
}

/** Every file under `root`, by name. Throws SeedContentError when a manifest names a file that isn't there. */
export function readAssets(root: string): Map<string, SeedAsset> {
  const assets = new Map<string, SeedAsset>()
  if (!existsSync(root)) return assets
  for (const folder of folders(root)) {
    const manifestPath = join(root, folder, 'manifest.json')
    const manifest = readText(manifestPath, (text) => manifestShape.parse(JSON.parse(text)))
    const present = files(join(root, folder)).filter((file) => file !== 'manifest.json')
    for (const file of Object.keys(manifest)) {
      if (!present.includes(file)) throw new SeedContentError(manifestPath, `there is no file ${file}`)
    }
    for (const file of present) {
      const entry = manifest[file]
      const size = entry === undefined ? null : { width: entry.width, height: entry.height }
      assets.set(`${folder}/${file}`, { name: `${folder}/${file}`, path: join(root, folder, file), size })
    }
  }
  return assets
}
