#!/usr/bin/env node
/** `npm run build`: compiles and bundles every package and example. */
import { build } from './workspace/build.mjs';

process.exitCode = await build();
