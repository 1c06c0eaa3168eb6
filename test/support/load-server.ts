// Loads the modules of the server in the order of its start: types stand in the schema in the order in which they are loaded.
import '../../src/schema.js';
