import { existsSync } from 'node:fs'

/**
 * The folder of `package.json`, as a URL that ends with a slash: what is shipped beside the code (migrations,
 * policies, sandbox data, assets) is found from here, by sources and by the compiled program alike.
 */
export const PACKAGE_ROOT: URL = packageRoot(new URL('.', import.meta.url))

function packageRoot(folder: URL): URL {
  if (existsSync(new URL('package.json', folder))) return folder
  const parent = new URL('..', folder)
  if (parent.href === folder.href) throw new Error('no package.json above the program')
  return packageRoot(parent)
}
