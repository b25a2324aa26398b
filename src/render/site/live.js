'use strict';
// While the site is served from a folder that is watched: another version came.
new EventSource('/.mdboard/changes').addEventListener('change', () => location.reload());
