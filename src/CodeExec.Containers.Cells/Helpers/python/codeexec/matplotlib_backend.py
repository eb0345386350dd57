"""Where `plt.show()` shows: each figure is an image beside what the program prints. matplotlib loads this by MPLBACKEND, and nobody else does."""
from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase, _Backend
from matplotlib.backends.backend_agg import FigureCanvasAgg

from codeexec import display

_shown = 0


class FigureManager(FigureManagerBase):
    _name = None

    def show(self):
        global _shown
        if self._name is None:
            _shown += 1
            self._name = f"figure-{_shown}.png"
        display(self.canvas.figure, name=self._name)


class FigureCanvas(FigureCanvasAgg):
    manager_class = FigureManager


@_Backend.export
class _BackendCodeExec(_Backend):
    FigureCanvas = FigureCanvas
    FigureManager = FigureManager

    @staticmethod
    def show(*args, **kwargs):
        for manager in Gcf.get_all_fig_managers():
            manager.show()
        # As if somebody had looked at the windows and closed them; an animation (block=False) draws on in its own.
        if kwargs.get("block", args[0] if args else None) is not False:
            Gcf.destroy_all()
